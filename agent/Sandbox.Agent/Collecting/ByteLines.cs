using Microsoft.Win32.SafeHandles;

namespace Sandbox.Agent.Collecting;

/// <summary>The lines of a file, one after the other, through one buffer: however large the file, memory stays the same.</summary>
internal sealed class ByteLines(string path) : IDisposable
{
    // Longer lines are cut; what we read has its names and values at the beginning.
    private const int LongestLine = 64 * 1024;
    private readonly SafeFileHandle _file = RegularFile.Open(path);
    private readonly PooledBytes _buffer = new(LongestLine);
    private int _start;
    private int _end;
    private long _offset;
    private bool _inCutLine;

    /// <summary>The next line without its end; valid until the next call. False: there is none.</summary>
    public bool Next(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            line = _buffer.Array.AsSpan(_start, _end - _start);
            if (line.IndexOf((byte)'\n') is >= 0 and var end) line = line[..end];
            else if (line.Length < LongestLine && Fill()) continue;
            else if (line.IsEmpty) return false;
            _start += line.Length;
            var (rest, ended) = (_inCutLine, _start < _end);
            if (ended) _start++;
            _inCutLine = !ended;
            if (!rest) return true;
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        _buffer.Dispose();
    }

    private bool Fill()
    {
        var bytes = _buffer.Array;
        bytes.AsSpan(_start, _end - _start).CopyTo(bytes);
        (_start, _end) = (0, _end - _start);
        var got = RandomAccess.Read(_file, bytes.AsSpan(_end, LongestLine - _end), _offset);
        (_end, _offset) = (_end + got, _offset + got);
        return got > 0;
    }
}
