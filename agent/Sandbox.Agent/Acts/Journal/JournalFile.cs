using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Acts.Journal;

/// <summary>
/// One file of journald, read without its library: a header, then objects one behind the other, each with type and length
/// (systemd.io/JOURNAL_FILE_FORMAT). Regular and compact files are read; fields that are compressed (more than 512 bytes) are not.
/// </summary>
internal sealed class JournalFile : IDisposable
{
    private const int HeaderLength = 208;
    private const int ObjectHeader = 16;
    private const uint Compact = 16;
    private readonly SafeFileHandle _file;
    private readonly byte[] _header = new byte[HeaderLength];

    private JournalFile(SafeFileHandle file) => _file = file;

    /// <summary>Random id of the file, in hexadecimal; it stays when the file is put away under another name.</summary>
    public string Id => Convert.ToHexStringLower(_header.AsSpan(24, 16));

    /// <summary>Id of the sequence that numbers the entries, in hexadecimal.</summary>
    public string SequenceId => Convert.ToHexStringLower(_header.AsSpan(72, 16));

    /// <summary>Where the first object is.</summary>
    public long Beginning => Number(88);

    /// <summary>Where the last object begins.</summary>
    public long LastObject => Number(136);

    /// <summary>The items of an entry are 4 bytes, not 16, and data has 8 more bytes in front of it.</summary>
    public bool IsCompact => (BinaryPrimitives.ReadUInt32LittleEndian(_header.AsSpan(12)) & Compact) != 0;

    /// <summary>Opens it. Null: it is none, or not whole.</summary>
    /// <exception cref="UnauthorizedAccessException">One may not read it.</exception>
    public static JournalFile? Open(string path)
    {
        if (FileState.Of(path) is not { IsRegular: true }) return null;
        var opened = new JournalFile(RegularFile.Open(path));
        if (opened.ReadAt(0, opened._header) == HeaderLength && opened._header.AsSpan().StartsWith("LPKSHHRH"u8) && opened.Beginning >= HeaderLength) return opened;
        opened.Dispose();
        return null;
    }

    /// <summary>Type, flags and length of the object at the offset. Null: there is none, or it is damaged.</summary>
    public (byte Type, byte Flags, long Length)? ObjectAt(long offset)
    {
        Span<byte> header = stackalloc byte[ObjectHeader];
        if (offset <= 0 || ReadAt(offset, header) < ObjectHeader) return null;
        var length = BinaryPrimitives.ReadInt64LittleEndian(header[8..]);
        return length is >= ObjectHeader and < 1L << 40 ? (header[0], header[1], length) : null;
    }

    /// <summary>Reads what is there, up to the length of the span.</summary>
    public int ReadAt(long offset, Span<byte> into)
    {
        var have = 0;
        while (have < into.Length && RandomAccess.Read(_file, into[have..], offset + have) is > 0 and var got) have += got;
        return have;
    }

    public void Dispose() => _file.Dispose();

    private long Number(int at) => BinaryPrimitives.ReadInt64LittleEndian(_header.AsSpan(at));
}
