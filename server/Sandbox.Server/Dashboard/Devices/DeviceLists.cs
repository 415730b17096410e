using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence;
using Sandbox.Protocol;
using Sandbox.Server.Live;
using Sandbox.Server.People;
using Sandbox.Storage;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Dashboard.Devices;

/// <summary>Reads lists of devices, a page at a time, those in trouble first.</summary>
internal sealed class DeviceLists(SandboxDb db, DeviceQuery query, OpenStreams streams)
{
    private const int MostGone = 10;

    /// <summary>One page of what a query finds; a page past the end is the last one.</summary>
    public async Task<DeviceList> ReadAsync(IQueryable<Device> devices, int page, int size, CancellationToken ct)
    {
        var total = await devices.CountAsync(ct);
        var failing = await FailingChecksAsync(devices, ct);
        var last = Math.Max(1, (total + size - 1) / size);
        var shown = Math.Clamp(page, 1, last);
        var rows = await InTroubleFirst(devices).Skip((shown - 1) * size).Take(size).Select(d => new
        {
            d.Id, d.Name, d.State, d.LastSeenAt,
            Owner = db.Names.Where(p => p.Id == d.OwnerId).Select(p => p.Name).FirstOrDefault(),
            System = db.Facts.Where(f => f.DeviceId == d.Id && f.Kind == Fact.OperatingSystemFieldNumber).Select(f => f.Bytes).FirstOrDefault(),
            Pass = db.Findings.Count(f => f.DeviceId == d.Id && f.Verdict == Verdict.Pass),
            Fail = db.Findings.Count(f => f.DeviceId == d.Id && f.Verdict == Verdict.Fail),
            Error = db.Findings.Count(f => f.DeviceId == d.Id && f.Verdict == Verdict.Error),
            Unknown = db.Findings.Count(f => f.DeviceId == d.Id && f.Verdict == Verdict.Unknown),
        }).ToListAsync(ct);

        return new DeviceList([.. rows.Select(r => new DeviceRow
        {
            Id = r.Id.ToString(), Name = r.Name, Owner = r.Owner, State = r.State, LastSeenAt = r.LastSeenAt, Online = streams.IsOpen(r.Id),
            OperatingSystem = SystemName(r.System), Checks = new CheckCounts(r.Pass, r.Fail, r.Error, r.Unknown),
        })], total, failing, shown, query.AsOf);
    }

    /// <summary>What became of devices that a person may see and that are out of service, the newest first.</summary>
    public async Task<IReadOnlyList<GoneDevice>> GoneAsync(Viewer viewer, CancellationToken ct)
    {
        var gone = await query.Of(viewer, DeviceGroup.Gone).OrderByDescending(d => d.StateChangedAt).Take(MostGone).ToListAsync(ct);
        return [.. gone.Select(d => new GoneDevice(d.Id.ToString(), d.Name, d.State, d.StateReason, d.StateChangedAt))];
    }

    /// <summary>How many checks fail on the devices that a query finds.</summary>
    public Task<int> FailingChecksAsync(IQueryable<Device> devices, CancellationToken ct) =>
        devices.SelectMany(d => db.Findings.Where(f => f.DeviceId == d.Id && f.Verdict == Verdict.Fail)).CountAsync(ct);

    // By nothing that moves from second to second: rows must not jump under a pointer.
    private IQueryable<Device> InTroubleFirst(IQueryable<Device> devices)
    {
        var silentBefore = query.AsOf - DeviceQuery.SilentAfter;
        return devices
            .OrderByDescending(d => d.State == DeviceState.Quarantined)
            .ThenByDescending(d => db.Findings.Count(f => f.DeviceId == d.Id && f.Verdict == Verdict.Fail && f.Severity == Severity.High))
            .ThenByDescending(d => db.Findings.Count(f => f.DeviceId == d.Id && f.Verdict == Verdict.Fail))
            .ThenByDescending(d => db.Findings.Count(f => f.DeviceId == d.Id && (f.Verdict == Verdict.Error || f.Verdict == Verdict.Unknown)))
            .ThenByDescending(d => (d.LastSeenAt ?? d.EnrolledAt) < silentBefore)
            .ThenBy(d => d.Name);
    }

    private static string? SystemName(byte[]? bytes)
    {
        if (bytes is null) return null;
        var system = Fact.Parser.ParseFrom(bytes).OperatingSystem;
        return system is { HasName: true } ? system.Name : system?.HasId == true ? system.Id : null;
    }
}
