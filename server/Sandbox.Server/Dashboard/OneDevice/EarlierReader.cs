using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence;
using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Server.Dashboard.Devices;
using Sandbox.Server.People;
using Sandbox.Storage;
using Sandbox.Storage.Devices;
using Sandbox.Storage.People;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Dashboard.OneDevice;

/// <summary>Reads whether a machine was enrolled before, by the names and the rule that crediting goes by.</summary>
internal sealed class EarlierReader(SandboxDb db, DeviceQuery query)
{
    /// <summary>The earlier enrolments of a device's machine. Null: there are none, or nobody earns anything by the device.</summary>
    /// <param name="viewer">Who looks: what that person may not see is not named.</param>
    /// <param name="device">The device.</param>
    /// <param name="facts">What it says now.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<EarlierEnrolments?> ReadAsync(Viewer viewer, Device device, DeviceFacts facts, CancellationToken ct)
    {
        var names = NamedMachine.NamesOf(facts);
        if (names.Count == 0 || !await IsApprenticeAsync(device.OwnerId, ct)) return null;
        var machine = new NamedMachine(device.Id, device.OwnerId, device.EnrolledAt, device.ReplacedBy, names.ToHashSet());
        var same = (await SharingAsync(device.Id, names, ct)).Select(other => (other.Device, Same: machine.Known(other))).Where(other => other.Same is not null).ToList();
        var beginning = Beginnings.Of(same.Select(other => other.Same!));
        if (beginning == Beginning.First) return null;
        var decisive = same.Where(other => other.Same is { IsEarlier: true } && other.Same.IsOwners == (beginning != Beginning.SomebodyElses))
            .Where(other => beginning != Beginning.Replaced || other.Same!.WasReplaced).Select(other => other.Device).ToList();
        var shown = await query.VisibleTo(viewer).Where(d => decisive.Contains(d.Id)).OrderBy(d => d.EnrolledAt).Select(d => new EarlierDevice(d.Id, d.Name, d.EnrolledAt)).ToListAsync(ct);
        return new EarlierEnrolments(beginning, shown);
    }

    private Task<bool> IsApprenticeAsync(Guid person, CancellationToken ct) =>
        db.UserRoles.AnyAsync(held => held.UserId == person && db.Roles.Any(role => role.Id == held.RoleId && role.Name == Roles.Apprentice), ct);

    private async Task<IReadOnlyList<NamedMachine>> SharingAsync(DeviceId id, IReadOnlyList<string> names, CancellationToken ct)
    {
        var sharing = db.HardwareNames.Where(mine => names.Contains(mine.Name) && mine.DeviceId != id).Select(mine => mine.DeviceId);
        var rows = await db.HardwareNames.AsNoTracking().Where(name => sharing.Contains(name.DeviceId))
            .Join(db.Devices, name => name.DeviceId, other => other.Id, (name, other) => new { other.Id, other.OwnerId, other.EnrolledAt, other.ReplacedBy, name.Name })
            .OrderBy(row => row.EnrolledAt).Take(IIngestStore.MostNames).ToListAsync(ct);
        return NamedMachine.Joined(rows.Select(row => new NamedMachine(row.Id, row.OwnerId, row.EnrolledAt, row.ReplacedBy, new HashSet<string> { row.Name })));
    }
}
