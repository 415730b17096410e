using Sandbox.Ledger;
using Sandbox.Verify.Words;

namespace Sandbox.Verify.Entries;

/// <summary>Whether the times in the leaves only ever rise, as those of a clock do.</summary>
internal sealed class Times(Findings findings)
{
    /// <summary>Clocks are set right by some seconds all the time, and what waits for its turn is a little older than what overtakes it.</summary>
    public static readonly TimeSpan Allowed = TimeSpan.FromMinutes(1);

    private (long Index, DateTimeOffset Time)? _latest;

    /// <summary>The latest time of all leaves, with the leaf. Null: there are none.</summary>
    public (long Index, DateTimeOffset Time)? Latest => _latest;

    /// <summary>Takes the next leaf.</summary>
    public void Take(long index, LogEntry leaf)
    {
        if (_latest is { } latest && latest.Time - leaf.Time > Allowed)
            findings.Fault(index, $"it says {leaf.Time:u}, {Span.Of(latest.Time - leaf.Time)} before entry {latest.Index}, which the log had already: it was back-dated, or the server's clock was set back");
        if (_latest is null || leaf.Time > _latest.Value.Time) _latest = (index, leaf.Time);
    }
}
