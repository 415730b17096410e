using Sandbox.Protocol;

namespace Sandbox.Storage.Traffic;

/// <summary>Traffic of one device, added up per minute and hour before it is written: one row for each span and interface.</summary>
public sealed class TrafficSums
{
    /// <summary>A sum does not rise beyond this, whatever a device says: the column must hold it. An exabyte.</summary>
    public const long Most = 1_000_000_000_000_000_000;

    private const long MostAtOnce = Most / 1000;

    // An agent brings two hours at once; more than this is no agent of ours, and must not keep the writer from the others.
    private const int MostRows = 20_000;

    private const int MostInterfaces = 64;

    private readonly Dictionary<(TrafficSpan, long, string), StoredTraffic> _rows = [];

    /// <summary>How many rows there are.</summary>
    public int Count => _rows.Count;

    /// <summary>The rows.</summary>
    public IReadOnlyCollection<StoredTraffic> Rows => _rows.Values;

    /// <summary>The first slot of each span that is still kept.</summary>
    public static IEnumerable<(TrafficSpan Span, long Slot)> Oldest(DateTimeOffset now) =>
    [
        (TrafficSpan.Minute, StoredTraffic.SlotOf(TrafficSpan.Minute, now.AddDays(-StoredTraffic.DaysOfMinutes))),
        (TrafficSpan.Hour, StoredTraffic.SlotOf(TrafficSpan.Hour, now.AddDays(-StoredTraffic.DaysOfHours))),
    ];

    /// <summary>Adds a minute of a device. One that is older than what is kept is passed over, and so is one that lies days ahead.</summary>
    public void Add(DeviceId device, TrafficMinute minute, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(minute);
        var at = DateTimeOffset.FromUnixTimeSeconds(minute.Minute * 60L);
        if (_rows.Count > MostRows || at < now.AddDays(-StoredTraffic.DaysOfMinutes) || at > now.AddDays(StoredTraffic.DaysOfMinutes)) return;
        var total = new InterfaceTraffic { Name = StoredTraffic.Total };
        foreach (var traffic in minute.Interfaces.Take(MostInterfaces))
        {
            if (traffic.Name.Length == 0) continue;
            Add(device, at, minute.MeasuredMs, traffic, StorableText.Key(traffic.Name));
            if (traffic.InTotal) Sum(total, traffic);
        }
        Add(device, at, minute.MeasuredMs, total, StoredTraffic.Total);
    }

    private void Add(DeviceId device, DateTimeOffset at, uint measured, InterfaceTraffic traffic, string name)
    {
        foreach (var span in (ReadOnlySpan<TrafficSpan>)[TrafficSpan.Minute, TrafficSpan.Hour])
        {
            var slot = StoredTraffic.SlotOf(span, at);
            if (!_rows.TryGetValue((span, slot, name), out var row))
                _rows[(span, slot, name)] = row = new StoredTraffic { DeviceId = device, Span = span, Slot = slot, Interface = name };
            row.MeasuredMs = Plus(row.MeasuredMs, Math.Min(measured, 120_000u));
            row.ReceivedBytes = Plus(row.ReceivedBytes, traffic.ReceivedBytes);
            row.SentBytes = Plus(row.SentBytes, traffic.SentBytes);
            row.ReceivedPackets = Plus(row.ReceivedPackets, traffic.ReceivedPackets);
            row.SentPackets = Plus(row.SentPackets, traffic.SentPackets);
            row.Errors = Plus(Plus(row.Errors, traffic.ReceivedErrors), traffic.SentErrors);
            row.Drops = Plus(Plus(row.Drops, traffic.ReceivedDrops), traffic.SentDrops);
            row.ReceivedPeak = Math.Max(row.ReceivedPeak, Plus(0, traffic.ReceivedPeak));
            row.SentPeak = Math.Max(row.SentPeak, Plus(0, traffic.SentPeak));
        }
    }

    // The peaks of several interfaces need not fall into one second: their sum is the most that it can have been.
    private static void Sum(InterfaceTraffic total, InterfaceTraffic traffic)
    {
        total.ReceivedBytes += traffic.ReceivedBytes;
        total.SentBytes += traffic.SentBytes;
        total.ReceivedPackets += traffic.ReceivedPackets;
        total.SentPackets += traffic.SentPackets;
        total.ReceivedErrors += traffic.ReceivedErrors;
        total.SentErrors += traffic.SentErrors;
        total.ReceivedDrops += traffic.ReceivedDrops;
        total.SentDrops += traffic.SentDrops;
        total.ReceivedPeak += traffic.ReceivedPeak;
        total.SentPeak += traffic.SentPeak;
    }

    private static long Plus(long sum, ulong more) => Math.Min(sum + (long)Math.Min(more, (ulong)MostAtOnce), Most);
}
