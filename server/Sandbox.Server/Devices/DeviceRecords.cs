using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence;
using Sandbox.Protocol;
using Sandbox.Storage;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Devices;

/// <summary>What people decide about devices. Nothing is ever deleted: a device out of service keeps its record.</summary>
internal sealed class DeviceRecords(SandboxDb db, TimeProvider time)
{
    private const int LongestName = 64;

    /// <summary>Gives a device another name.</summary>
    /// <exception cref="SetupException">The name is taken by an active device, or cannot be one.</exception>
    public async Task RenameAsync(DeviceId device, string name, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name.Any(char.IsControl))
            throw new SetupException($"A device's name has 1 to {LongestName} printable characters.");
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var others = await db.Devices.Where(x => (x.State == DeviceState.Active || x.State == DeviceState.Quarantined) && x.Id != device).Select(x => x.Name).ToListAsync(ct);
        if (others.Contains(name, StringComparer.OrdinalIgnoreCase))
            throw new SetupException($"Another active device is called {name}: choose another name, or rename that one first.");
        await db.Devices.Where(x => x.Id == device).ExecuteUpdateAsync(set => set.SetProperty(x => x.Name, name), ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Takes an active or quarantined device out of service, or revokes one that is retired; the evidence log has it in the same transaction.</summary>
    /// <param name="device">Which.</param>
    /// <param name="state">Retired or revoked.</param>
    /// <param name="reason">Why, in the person's words. Null: they gave none.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Whether that changed anything.</returns>
    public async Task<bool> EndAsync(DeviceId device, DeviceState state, string? reason, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var changed = await db.Devices.Where(x => x.Id == device && (x.State < state || x.State == DeviceState.Quarantined)).ExecuteUpdateAsync(
            set => set.SetProperty(x => x.State, state).SetProperty(x => x.StateReason, reason).SetProperty(x => x.StateChangedAt, now), ct);
        if (changed == 0) return false;
        db.LogEntries.Add(DeviceLog.Ended(device, state, reason, now));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>All devices with their owners' names: active ones first, then by name.</summary>
    public async Task<IReadOnlyList<DeviceEntry>> ListAsync(CancellationToken ct) =>
        await (from device in db.Devices.AsNoTracking()
               join person in db.Users on device.OwnerId equals person.Id into owners
               from owner in owners.DefaultIfEmpty()
               orderby device.State, device.Name
               select new DeviceEntry(
                   device.Id.ToString(), device.Name, owner == null ? null : owner.UserName, device.State, device.StateReason,
                   device.EnrolledAt, device.LastSeenAt, device.CertificateExpiresAt, device.AgentVersion, device.OwnerId)
               {
                   Role = device.Role, Groups = db.DeviceGroups.Where(x => x.DeviceId == device.Id).OrderBy(x => x.Group).Select(x => x.Group).ToList(),
               }).ToListAsync(ct);
}

/// <summary>A device as lists show it.</summary>
/// <param name="Id">32 hexadecimal digits.</param>
/// <param name="Name">The name that people see.</param>
/// <param name="Owner">Sign-in name of its owner. Null: the person is gone.</param>
/// <param name="State">Whether it may report.</param>
/// <param name="StateReason">Why it may not. Null: it may, or nobody said.</param>
/// <param name="EnrolledAt">When it was enrolled.</param>
/// <param name="LastSeenAt">When the server last heard of it. Null: never since enrolment.</param>
/// <param name="CertificateExpiresAt">When its newest certificate ends.</param>
/// <param name="AgentVersion">The agent's version. Null: no hello yet.</param>
/// <param name="OwnerId">Its owner's row.</param>
internal sealed record DeviceEntry(
    string Id, string Name, string? Owner, DeviceState State, string? StateReason, DateTimeOffset EnrolledAt, DateTimeOffset? LastSeenAt,
    DateTimeOffset CertificateExpiresAt, string? AgentVersion, Guid OwnerId)
{
    /// <summary>What it is for, by somebody's word. Null: what it does tells.</summary>
    public DeviceRole? Role { get; init; }

    /// <summary>The groups that it is in.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];
}
