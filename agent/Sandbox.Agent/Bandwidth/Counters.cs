namespace Sandbox.Agent.Bandwidth;

/// <summary>What one interface has counted since it came into being, in the order of <c>/proc/net/dev</c>.</summary>
internal readonly record struct Counters(
    ulong ReceivedBytes, ulong ReceivedPackets, ulong ReceivedErrors, ulong ReceivedDrops,
    ulong SentBytes, ulong SentPackets, ulong SentErrors, ulong SentDrops)
{
    /// <summary>How much they have grown since. Null: one of them has fallen, so they began anew in between.</summary>
    public Counters? Since(Counters before) =>
        ReceivedBytes < before.ReceivedBytes || ReceivedPackets < before.ReceivedPackets || ReceivedErrors < before.ReceivedErrors || ReceivedDrops < before.ReceivedDrops
        || SentBytes < before.SentBytes || SentPackets < before.SentPackets || SentErrors < before.SentErrors || SentDrops < before.SentDrops
            ? null
            : new Counters(
                ReceivedBytes - before.ReceivedBytes, ReceivedPackets - before.ReceivedPackets, ReceivedErrors - before.ReceivedErrors, ReceivedDrops - before.ReceivedDrops,
                SentBytes - before.SentBytes, SentPackets - before.SentPackets, SentErrors - before.SentErrors, SentDrops - before.SentDrops);
}
