using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Server.Dashboard.Devices;
using Sandbox.Server.People;
using Sandbox.Storage;
using Sandbox.Storage.Traffic;

namespace Sandbox.Server.Dashboard.Bandwidth;

/// <summary>Reads traffic for the pages: of one device, or of all in service that a person may see.</summary>
internal sealed class TrafficReader(SandboxDb db, DeviceQuery devices)
{
    /// <summary>What the card shows. Whether the person may see the device was asked before.</summary>
    public async Task<TrafficView> ReadAsync(Viewer viewer, DeviceId? device, string? range, CancellationToken ct)
    {
        var wanted = TrafficRange.Of(range);
        return new TrafficView
        {
            Range = wanted,
            Device = device,
            History = wanted.IsNow ? null : await HistoryAsync(viewer, device, wanted, ct),
            Interfaces = device is { } one ? await InterfacesAsync(one, ct) : [],
        };
    }

    private async Task<TrafficHistory> HistoryAsync(Viewer viewer, DeviceId? device, TrafficRange range, CancellationToken ct)
    {
        // The span that is not over is left out: its minutes are on their way.
        var end = StoredTraffic.SlotOf(range.Span, devices.AsOf) / range.Step * range.Step;
        var first = end - range.Spans;
        var among = device is { } one ? devices.VisibleTo(viewer).Where(d => d.Id == one) : devices.Of(viewer, DeviceGroup.Active);
        var slots = await among
            .SelectMany(d => db.Traffic.Where(t => t.DeviceId == d.Id && t.Span == range.Span && t.Slot >= first && t.Slot < end && t.Interface == StoredTraffic.Total && t.MeasuredMs > 0))
            .GroupBy(t => t.Slot)
            .Select(slot => new { slot.Key, Received = slot.Sum(t => t.ReceivedBytes * 8000.0 / t.MeasuredMs), Sent = slot.Sum(t => t.SentBytes * 8000.0 / t.MeasuredMs) })
            .ToDictionaryAsync(slot => slot.Key, slot => new TrafficPoint(slot.Received, slot.Sent), ct);
        var points = new List<TrafficPoint?>(range.Spans / range.Step);
        for (var slot = first; slot < end; slot += range.Step) points.Add(Mean(slots, slot, range.Step));
        return new TrafficHistory(points, StoredTraffic.Begin(range.Span, first), StoredTraffic.Begin(range.Span, end));
    }

    private static TrafficPoint? Mean(Dictionary<long, TrafficPoint> slots, long first, int step)
    {
        var known = Enumerable.Range(0, step).Select(i => slots.GetValueOrDefault(first + i)).OfType<TrafficPoint>().ToList();
        return known.Count == 0 ? null : new TrafficPoint(known.Average(point => point.Received), known.Average(point => point.Sent));
    }

    private async Task<IReadOnlyList<InterfaceHour>> InterfacesAsync(DeviceId device, CancellationToken ct)
    {
        var first = StoredTraffic.SlotOf(TrafficSpan.Minute, devices.AsOf.AddHours(-1));
        var rows = await db.Traffic.AsNoTracking()
            .Where(t => t.DeviceId == device && t.Span == TrafficSpan.Minute && t.Slot >= first && t.Interface != StoredTraffic.Total && t.MeasuredMs > 0)
            .ToListAsync(ct);
        return [.. rows.GroupBy(row => row.Interface).OrderBy(one => one.Key, StringComparer.Ordinal).Select(Hour)];
    }

    private static InterfaceHour Hour(IGrouping<string, StoredTraffic> one)
    {
        var last = one.MaxBy(row => row.Slot)!;
        return new InterfaceHour(
            one.Key, new TrafficPoint(last.ReceivedBytes * 8000.0 / last.MeasuredMs, last.SentBytes * 8000.0 / last.MeasuredMs),
            one.Max(row => row.ReceivedPeak), one.Max(row => row.SentPeak), one.Sum(row => row.Errors), one.Sum(row => row.Drops));
    }
}
