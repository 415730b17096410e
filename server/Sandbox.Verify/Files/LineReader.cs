namespace Sandbox.Verify.Files;

/// <summary>Reads lines of bytes from a stream, each ended by a line feed, without holding more than one.</summary>
internal sealed class LineReader(Stream stream)
{
    /// <summary>Bytes of the longest line: an entry of evidence with the longest chain of reports has some hundred thousand.</summary>
    public const int Longest = 32 * 1024 * 1024;

    private byte[] _buffer = new byte[64 * 1024];
    private int _first;
    private int _end;

    /// <summary>The next line without its line feed, good until the next call. Null: there are no more.</summary>
    /// <exception cref="InvalidDataException">A line is too long, or the last one is not ended.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> NextAsync(CancellationToken ct)
    {
        for (var searched = _first; ;)
        {
            if (_buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n') is >= 0 and var found)
            {
                var line = _buffer.AsMemory(_first, searched + found - _first);
                _first = searched + found + 1;
                return line;
            }
            MakeRoom();
            searched = _end;
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), ct);
            if (read == 0) return _first == _end ? null : throw new InvalidDataException("its last line is not ended by a line feed");
            _end += read;
        }
    }

    // Moves what is there to the front, and makes the buffer larger when nothing but one line fills it.
    private void MakeRoom()
    {
        if (_first > 0) _buffer.AsSpan(_first, _end - _first).CopyTo(_buffer);
        (_first, _end) = (0, _end - _first);
        if (_end == Longest) throw new InvalidDataException($"it has a line of more than {Longest} bytes");
        if (_end == _buffer.Length) Array.Resize(ref _buffer, Math.Min(2 * _end, Longest));
    }
}
