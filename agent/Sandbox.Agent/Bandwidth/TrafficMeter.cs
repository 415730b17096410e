using Sandbox.Protocol;

namespace Sandbox.Agent.Bandwidth;

/// <summary>Makes minutes of readings. It is told the time and what the counters say; it reads nothing itself.</summary>
/// <param name="kindOf">Whether an interface counts towards the machine, and its speed.</param>
internal sealed class TrafficMeter(Func<string, (bool InTotal, ulong? Speed)> kindOf)
{
    // Between readings further apart the machine slept, or the agent was kept from reading: what passed then belongs to no minute.
    private static readonly TimeSpan LongestSpan = TimeSpan.FromSeconds(10);

    private readonly SortedDictionary<string, InterfaceTraffic> _open = new(StringComparer.Ordinal);
    private Dictionary<string, Counters>? _last;
    private uint _minute;
    private double _measured;

    /// <summary>Takes a reading.</summary>
    /// <param name="counters">What the interfaces have counted.</param>
    /// <param name="now">The device's clock.</param>
    /// <param name="span">Time since the reading before; ignored for the first.</param>
    /// <param name="second">What passed since then. Null: nothing can be told.</param>
    /// <returns>The minute that is over with this reading. Null: none is.</returns>
    public TrafficMinute? Take(Dictionary<string, Counters> counters, DateTimeOffset now, TimeSpan span, out LiveTraffic? second)
    {
        var minute = (uint)Math.Clamp(now.ToUnixTimeSeconds() / 60, 0, uint.MaxValue);
        var before = _last;
        _last = counters;
        second = before is null || span <= TimeSpan.Zero || span > LongestSpan ? null : Passed(before, counters, span);
        if (second is not null) Add(second, span);
        // A reading at the very beginning of a minute measured the one before.
        var over = minute != _minute && _measured > 0 ? Close() : null;
        _minute = minute;
        return over;
    }

    /// <summary>Ends what is under way: the part of a minute that was measured. Null: none was.</summary>
    public TrafficMinute? End()
    {
        _last = null;
        return _measured > 0 ? Close() : null;
    }

    private LiveTraffic Passed(Dictionary<string, Counters> before, Dictionary<string, Counters> after, TimeSpan span)
    {
        var passed = new LiveTraffic { MeasuredMs = (uint)Math.Round(span.TotalMilliseconds) };
        foreach (var (name, now) in after.OrderBy(one => one.Key, StringComparer.Ordinal))
            if (before.TryGetValue(name, out var then) && now.Since(then) is { } growth) passed.Interfaces.Add(Of(name, growth));
        return passed;
    }

    private InterfaceTraffic Of(string name, Counters growth)
    {
        var (inTotal, speed) = kindOf(name);
        var traffic = new InterfaceTraffic
        {
            Name = name, InTotal = inTotal,
            ReceivedBytes = growth.ReceivedBytes, ReceivedPackets = growth.ReceivedPackets, ReceivedErrors = growth.ReceivedErrors, ReceivedDrops = growth.ReceivedDrops,
            SentBytes = growth.SentBytes, SentPackets = growth.SentPackets, SentErrors = growth.SentErrors, SentDrops = growth.SentDrops,
        };
        if (speed is { } known) traffic.Speed = known;
        return traffic;
    }

    private void Add(LiveTraffic second, TimeSpan span)
    {
        _measured += span.TotalMilliseconds;
        foreach (var passed in second.Interfaces)
        {
            if (!_open.TryGetValue(passed.Name, out var sum)) _open[passed.Name] = sum = new InterfaceTraffic { Name = passed.Name };
            sum.InTotal = passed.InTotal;
            if (passed.HasSpeed) sum.Speed = passed.Speed;
            sum.ReceivedBytes += passed.ReceivedBytes;
            sum.SentBytes += passed.SentBytes;
            sum.ReceivedPackets += passed.ReceivedPackets;
            sum.SentPackets += passed.SentPackets;
            sum.ReceivedErrors += passed.ReceivedErrors;
            sum.SentErrors += passed.SentErrors;
            sum.ReceivedDrops += passed.ReceivedDrops;
            sum.SentDrops += passed.SentDrops;
            sum.ReceivedPeak = Math.Max(sum.ReceivedPeak, Rate(passed.ReceivedBytes, span));
            sum.SentPeak = Math.Max(sum.SentPeak, Rate(passed.SentBytes, span));
        }
    }

    private TrafficMinute Close()
    {
        var over = new TrafficMinute { Minute = _minute, MeasuredMs = (uint)Math.Round(_measured) };
        over.Interfaces.AddRange(_open.Values);
        _open.Clear();
        _measured = 0;
        return over;
    }

    private static ulong Rate(ulong bytes, TimeSpan span) => (ulong)(bytes * 8 / span.TotalSeconds);
}
