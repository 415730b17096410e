namespace Sandbox.Agent.Uplink;

/// <summary>Follows a spool from a sequence on; holds one segment open and one buffer, never the whole.</summary>
internal sealed class SpoolReader(Spool spool, ulong from) : IDisposable
{
    private SegmentReader? _reader;
    private string? _path;
    private ulong _last = from - 1;
    private bool _peeked;

    /// <summary>The next durable report; false when there is none yet. Dropped and damaged ones are stepped over.</summary>
    /// <param name="sequence">Its sequence.</param>
    /// <param name="signedReport">The SignedReport, valid until the next call.</param>
    public bool TryNext(out ulong sequence, out ReadOnlyMemory<byte> signedReport)
    {
        var found = TryPeek(out sequence, out signedReport);
        if (found) Take();
        return found;
    }

    /// <summary>As <see cref="TryNext"/>, but it stays the next one until <see cref="Take"/>.</summary>
    public bool TryPeek(out ulong sequence, out ReadOnlyMemory<byte> signedReport)
    {
        while (!_peeked && spool.Find(_last + 1) is { } found)
        {
            if (_path != found.Segment.Path && !Open(found.Segment.Path)) continue;
            _peeked = _reader!.Next(found.Limit, _last, ulong.MaxValue);
            if (!_peeked) _last = found.Last;
        }

        (sequence, signedReport) = _peeked ? (_reader!.Sequence, _reader.Payload) : (0, default);
        return _peeked;
    }

    /// <summary>Goes on behind the one that was peeked at.</summary>
    public void Take() => (_last, _peeked) = (_reader!.Sequence, false);

    /// <summary>Waits until there is something that <see cref="TryNext"/> has not given.</summary>
    public async Task WaitAsync(CancellationToken ct)
    {
        for (var next = spool.Appended.Next; spool.Last <= _last; next = spool.Appended.Next) await next.WaitAsync(ct);
    }

    public void Dispose() => _reader?.Dispose();

    // False when the segment was dropped between finding and opening it.
    private bool Open(string path)
    {
        _reader?.Dispose();
        (_reader, _path) = (null, null);
        try
        {
            (_reader, _path) = (new SegmentReader(path), path);
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }
}
