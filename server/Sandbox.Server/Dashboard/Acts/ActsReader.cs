using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Server.Dashboard.Devices;
using Sandbox.Server.Dashboard.Facts;
using Sandbox.Server.People;
using Sandbox.Storage;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Dashboard.Acts;

/// <summary>Reads what was done on a device.</summary>
internal sealed class ActsReader(SandboxDb db, DeviceQuery query)
{
    /// <summary>A page of it, or null when there is no such device or this person may not see it.</summary>
    public async Task<ActsView?> ReadAsync(Viewer viewer, DeviceId id, ActFilter who, int page, int pageSize, CancellationToken ct)
    {
        var device = await query.VisibleTo(viewer).Where(d => d.Id == id).Select(d => new
        {
            d.Name, Offset = d.ClockOffsetMs ?? 0,
            Latest = db.Facts.Where(f => f.DeviceId == d.Id && f.Kind == Fact.ActsFieldNumber).Select(f => f.Bytes).FirstOrDefault(),
        }).FirstOrDefaultAsync(ct);
        if (device is null) return null;
        var acts = db.Acts.AsNoTracking().Where(act => act.DeviceId == id);
        if (who != ActFilter.All) acts = acts.Where(act => act.IsAutomation == (who == ActFilter.Automation));
        var total = await acts.CountAsync(ct);
        var shown = Math.Clamp(page, 1, Math.Max(1, (total + pageSize - 1) / pageSize));
        var rows = await acts.OrderByDescending(act => act.OccurredAt).ThenBy(act => act.Id).Skip((shown - 1) * pageSize).Take(pageSize).ToListAsync(ct);
        var unseen = device.Latest is null ? [] : Fact.Parser.ParseFrom(device.Latest).Acts?.Unseen ?? [];
        return new ActsView(id.ToString(), device.Name, who, [.. rows.Select(row => Row(row, device.Offset))], total, shown, [.. unseen], query.AsOf);
    }

    private static ActRow Row(StoredAct stored, long offset) => new(
        stored, AdminAct.Parser.ParseFrom(stored.Bytes), stored.OccurredAt == DateTimeOffset.UnixEpoch ? null : Instants.Back(stored.OccurredAt, offset));
}
