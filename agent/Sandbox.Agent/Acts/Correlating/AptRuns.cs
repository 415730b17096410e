namespace Sandbox.Agent.Acts.Correlating;

/// <summary>When apt ran: what package scripts do then (they add accounts, start services) was no person's doing of its own.</summary>
internal sealed class AptRuns
{
    private const int Most = 16;
    // One that never ended was broken off: it must not excuse whatever comes later.
    private static readonly TimeSpan LongestRun = TimeSpan.FromHours(2);
    private static readonly TimeSpan Rounding = TimeSpan.FromSeconds(1);

    /// <summary>The last runs that are over.</summary>
    public List<AptRun> Over { get; init; } = [];

    /// <summary>When the run began that is not over; apt writes that first. Null: none is under way.</summary>
    public DateTimeOffset? OpenSince { get; set; }

    /// <summary>A run is over.</summary>
    public void Ended(DateTimeOffset from, DateTimeOffset to)
    {
        if (Over.Count >= Most) Over.RemoveAt(0);
        Over.Add(new AptRun(from, to));
    }

    /// <summary>Whether apt ran then.</summary>
    public bool Covers(DateTimeOffset at)
    {
        if (OpenSince is { } since && at >= since - Rounding && at <= since + LongestRun) return true;
        foreach (var run in Over)
            if (at >= run.From - Rounding && at <= run.To + Rounding) return true;
        return false;
    }
}

/// <summary>A run of apt, from Start-Date to End-Date.</summary>
internal sealed record AptRun(DateTimeOffset From, DateTimeOffset To);
