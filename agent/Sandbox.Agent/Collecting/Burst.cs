namespace Sandbox.Agent.Collecting;

/// <summary>
/// Makes one out of many changes in a short time: it is over after <see cref="Quiet"/> without another change, at the latest
/// <see cref="Longest"/> after the first. Touched from any thread.
/// </summary>
internal sealed class Burst
{
    /// <summary>An editor or a shadow tool writes, syncs and renames within this time.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(40);

    /// <summary>Nobody waits longer for a change, even while others go on.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private ulong _touched;
    private TimeSpan _first;
    private TimeSpan _last;

    /// <summary>When it will be over if nothing else changes; null: nothing has changed.</summary>
    public TimeSpan? Ends
    {
        get
        {
            lock (_gate) return _touched == 0 ? null : End();
        }
    }

    /// <summary>Something of these lanes (one bit each) changed. True: that began a burst.</summary>
    public bool Touch(ulong lanes, TimeSpan now)
    {
        lock (_gate)
        {
            var begins = _touched == 0;
            if (begins) _first = now;
            _last = now;
            _touched |= lanes;
            return begins;
        }
    }

    /// <summary>The lanes touched by a burst that is over, once; else 0.</summary>
    public ulong Take(TimeSpan now)
    {
        lock (_gate)
        {
            if (_touched == 0 || now < End()) return 0;
            return Interlocked.Exchange(ref _touched, 0);
        }
    }

    private TimeSpan End() => _last + Quiet < _first + Longest ? _last + Quiet : _first + Longest;
}
