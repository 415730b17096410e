namespace Sandbox.Agent.Collecting;

/// <summary>When the agent says that it lives and what it has read again unchanged. Times count from the loop's start.</summary>
internal sealed class Heartbeat
{
    // Collectors that ride on a heartbeat get this long; it does not wait for slower ones.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private TimeSpan _last;
    private TimeSpan _opened;
    private long _every = TimeSpan.FromSeconds(60).Ticks;
    private double _share;

    /// <summary>Longest time between two heartbeats. Set from any thread.</summary>
    public TimeSpan Every
    {
        get => TimeSpan.FromTicks(Volatile.Read(ref _every));
        set => Volatile.Write(ref _every, value.Ticks);
    }

    /// <summary>It has begun and is not sent yet.</summary>
    public bool Open { get; private set; }

    /// <summary>When the next one begins, or the open one is sent at the latest.</summary>
    public TimeSpan Next => Open ? _opened + Patience : _last + (Every * _share);

    /// <summary>Whether the next one begins within the span from now.</summary>
    public bool Within(TimeSpan span, TimeSpan now) => Open || Next - now <= span;

    /// <summary>Begins it when it is time.</summary>
    public void OpenWhenDue(TimeSpan now)
    {
        if (Open || now < Next) return;
        (Open, _opened) = (true, now);
    }

    /// <summary>Begins it now.</summary>
    public void OpenNow(TimeSpan now)
    {
        if (!Open) (Open, _opened) = (true, now);
    }

    /// <summary>Whether to send it: nothing is running any more, or it has waited long enough.</summary>
    public bool Ready(bool idle, TimeSpan now) => Open && (idle || now >= Next);

    /// <summary>It was sent.</summary>
    public void Sent(TimeSpan now)
    {
        (Open, _last) = (false, now);
        _share = Jitter.AtMost(TimeSpan.FromSeconds(1)).TotalSeconds;
    }
}
