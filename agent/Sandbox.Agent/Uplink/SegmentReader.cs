using Microsoft.Win32.SafeHandles;

namespace Sandbox.Agent.Uplink;

/// <summary>Goes through the frames of one segment with one buffer; steps over damage to the next whole frame.</summary>
internal sealed class SegmentReader : IDisposable
{
    private const int FirstBuffer = 64 * 1024;
    private readonly SafeFileHandle _file;
    private byte[] _buffer = new byte[FirstBuffer];
    private int _start;
    private int _end;
    private long _position = Segment.HeaderLength;

    /// <summary>Opens a segment; another process or thread may be writing it.</summary>
    public SegmentReader(string path) =>
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Offset after the last whole frame that was read.</summary>
    public long EndOfWhole { get; private set; } = Segment.HeaderLength;

    /// <summary>The current frame's sequence.</summary>
    public ulong Sequence { get; private set; }

    /// <summary>The current frame's report; valid until the next step.</summary>
    public ReadOnlyMemory<byte> Payload { get; private set; }

    /// <summary>Steps to the next whole frame with a sequence in the range, if it ends before the limit.</summary>
    /// <param name="limit">Offset up to which the file may be read: what lies behind is not durable yet.</param>
    /// <param name="above">Only sequences above this one.</param>
    /// <param name="below">Only sequences below this one.</param>
    public bool Next(long limit, ulong above, ulong below)
    {
        while (_position < limit)
        {
            var state = Frame.Read(_buffer.AsSpan(_start, _end - _start), out var sequence, out var length);
            if (state == Frame.State.Incomplete && Fill(limit, length)) continue;
            if (state == Frame.State.Whole && sequence > above && sequence < below)
            {
                (Sequence, Payload) = (sequence, _buffer.AsMemory(_start + Frame.HeaderLength, length - Frame.HeaderLength));
                Step(length);
                EndOfWhole = _position;
                return true;
            }

            Step(state == Frame.State.Whole ? length : 1);
        }

        return false;
    }

    public void Dispose() => _file.Dispose();

    private void Step(int bytes)
    {
        _start = Math.Min(_end, _start + bytes);
        _position += bytes;
    }

    // Whether there is now more in the buffer than before: false at the limit.
    private bool Fill(long limit, int wanted)
    {
        if (_position + wanted > limit) return false;
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_buffer.Length < wanted) Array.Resize(ref _buffer, wanted);

        var room = (int)Math.Min(_buffer.Length - _end, limit - _position - _end);
        var read = RandomAccess.Read(_file, _buffer.AsSpan(_end, room), _position + _end);
        _end += read;
        return read > 0;
    }
}
