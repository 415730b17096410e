namespace Sandbox.Agent.Neighbours.Lldp;

/// <summary>How often news wakes the collector: whoever says something else each time is heard once a minute after that, as the collector looks by itself.</summary>
internal sealed class NewsPerMinute(TimeProvider time)
{
    /// <summary>A switch that starts, and all that hangs on it, is less.</summary>
    public const int Most = 20;

    private static readonly TimeSpan Span = TimeSpan.FromMinutes(1);
    private long _began = time.GetTimestamp();
    private int _taken;

    /// <summary>Whether this one may.</summary>
    public bool Take()
    {
        if (time.GetElapsedTime(_began) >= Span) (_began, _taken) = (time.GetTimestamp(), 0);
        if (_taken >= Most) return false;
        _taken++;
        return true;
    }
}
