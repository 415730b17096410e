using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Inventory.Sqlite;

/// <summary>
/// The pages of somebody else's SQLite database as its last commit left them, read without a lock and without a file beside it: a reader through SQLite
/// itself has to write into the -shm file, or is blind to the write-ahead log. <see cref="IsAsItWas"/> says afterwards whether that went well.
/// See "Database File Format" of SQLite's documentation.
/// </summary>
internal sealed class SqliteFile : IDisposable
{
    private const int HeaderBytes = 100, LeastPage = 512;
    private const long MostBytes = 2L << 30;
    private readonly SafeFileHandle _file;
    private readonly SqliteLog _log;
    private readonly FileState? _before;
    private readonly CancellationToken _ct;

    /// <param name="path">Of the database.</param>
    /// <param name="ct">Ends this, and every later reading of a page: a hostile file may have many without a row.</param>
    /// <exception cref="IOException">It is no database, a larger one than is read, or somebody wrote meanwhile.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public SqliteFile(string path, CancellationToken ct)
    {
        _ct = ct;
        _file = RegularFile.Open(path);
        try
        {
            _before = FileState.Of(_file);
            var length = RandomAccess.GetLength(_file);
            if (length > MostBytes) throw new IOException($"larger than {MostBytes >> 20} MiB");
            Span<byte> header = stackalloc byte[HeaderBytes];
            header.Clear();
            IsEmpty = length == 0;
            if (!IsEmpty && (RandomAccess.Read(_file, header, 0) < HeaderBytes || !header.StartsWith("SQLite format 3\0"u8))) throw Damaged.Because("no SQLite database");
            // 1 stands for 65536, which has no room in two bytes.
            PageBytes = IsEmpty ? LeastPage : BinaryPrimitives.ReadUInt16BigEndian(header[16..]) is not 1 and var said ? said : 1 << 16;
            UsableBytes = PageBytes - header[20];
            if (PageBytes < LeastPage || (PageBytes & (PageBytes - 1)) != 0 || UsableBytes < 480) throw Damaged.Because($"pages of {PageBytes} bytes");
            _log = new SqliteLog(path + "-wal", PageBytes, ct);
            Pages = PagesOf(length);
        }
        catch
        {
            _log?.Dispose();
            _file.Dispose();
            throw;
        }
    }

    /// <summary>Nothing was ever written into it.</summary>
    public bool IsEmpty { get; }

    /// <summary>Length of a page: 512 to 65536, a power of two.</summary>
    public int PageBytes { get; }

    /// <summary>Bytes of a page without those that extensions keep for themselves at its end.</summary>
    public int UsableBytes { get; }

    /// <summary>Pages of the database; they are numbered from 1.</summary>
    public uint Pages { get; }

    /// <summary>Nobody has written into what was read since it was opened. What was only appended to the log does not count: it came later.</summary>
    public bool IsAsItWas => FileState.Of(_file) == _before && _log.IsAsItWas;

    /// <summary>Reads a whole page.</summary>
    /// <exception cref="IOException">There is no such page.</exception>
    public void Read(uint page, Span<byte> into)
    {
        _ct.ThrowIfCancellationRequested();
        if (page == 0 || page > Pages) throw Damaged.Because($"there is no page {page}");
        if (_log.TryRead(page, into)) return;
        if (RandomAccess.Read(_file, into, (page - 1L) * PageBytes) < into.Length) throw Damaged.Because($"it ends before page {page}");
    }

    /// <summary>A text of the database: always UTF-8 in those that are read here.</summary>
    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    public void Dispose()
    {
        _log.Dispose();
        _file.Dispose();
    }

    // Each page lies in the file or in the log; a log that says more is not believed.
    private uint PagesOf(long length)
    {
        var there = length / PageBytes;
        var most = there + _log.Frames;
        return _log.Pages is { } said ? said <= most ? said : throw Damaged.Because($"{said} pages in place of {most}") : (uint)there;
    }
}
