using System.IO.Compression;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Acts.Following;

/// <summary>One file of a log, opened at a place; those that logrotate(8) has put away may be compressed.</summary>
internal sealed class LogFile : IDisposable
{
    private const long MostDecompressed = 256 << 20;
    private readonly Stream _content;

    private LogFile(Stream content, ulong inode, byte[] before) => (_content, Inode, Before) = (content, inode, before);

    public ulong Inode { get; }

    /// <summary>The last bytes before the place, at most <see cref="LogPlace.Remembered"/>.</summary>
    public byte[] Before { get; private set; }

    /// <summary>Opens the file at the place. Null: it is not what was read there, it is no regular file, or it is gone.</summary>
    /// <exception cref="UnauthorizedAccessException">One may not read it.</exception>
    public static LogFile? OpenAt(string path, LogPlace place)
    {
        // A pipe in place of a log would keep the reader waiting.
        if (FileState.Of(path) is not { IsRegular: true } state) return null;
        var compressed = path.EndsWith(".gz", StringComparison.Ordinal);
        if (!compressed && state.Size < place.Offset) return null;
        var file = new FileStream(RegularFile.Open(path), FileAccess.Read, bufferSize: 0);
        Stream content = compressed ? new GZipStream(file, CompressionMode.Decompress) : file;
        var opened = new LogFile(content, FileState.Of(file.SafeFileHandle)?.Inode ?? 0, []);
        if (opened.Reach(place.Offset) && LogPlace.Mark(opened.Before) == place.Before) return opened;
        opened.Dispose();
        return null;
    }

    /// <summary>Reads on. 0: there is no more now.</summary>
    public int Read(Span<byte> into)
    {
        try
        {
            return _content.Read(into);
        }
        catch (InvalidDataException)
        {
            // A compressed file that is damaged, or not whole yet.
            return 0;
        }
    }

    /// <summary>The bytes were read as records.</summary>
    public void Taken(ReadOnlySpan<byte> bytes) =>
        Before = bytes.Length >= LogPlace.Remembered ? bytes[^LogPlace.Remembered..].ToArray() : Joined(bytes);

    public void Dispose() => _content.Dispose();

    private byte[] Joined(ReadOnlySpan<byte> bytes)
    {
        byte[] all = [.. Before, .. bytes];
        return all.Length > LogPlace.Remembered ? all[^LogPlace.Remembered..] : all;
    }

    private bool Reach(long offset)
    {
        if (_content.CanSeek) _content.Position = Math.Max(0, offset - LogPlace.Remembered);
        else if (offset > MostDecompressed) return false;
        var left = offset - (_content.CanSeek ? _content.Position : 0);
        using var buffer = new PooledBytes(16 * 1024);
        while (left > 0)
        {
            var got = Read(buffer.Array.AsSpan(0, (int)Math.Min(left, buffer.Array.Length)));
            if (got == 0) return false;
            Taken(buffer.Array.AsSpan(0, got));
            left -= got;
        }
        return true;
    }
}
