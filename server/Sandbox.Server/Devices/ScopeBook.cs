using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence;
using Sandbox.Evidence.Policies;
using Sandbox.Protocol;
using Sandbox.Storage;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Devices;

/// <summary>
/// Which groups devices are in, and what they are for, by the word of mentors and admins: the policy may ask them other rules. All of it stands in the evidence log with
/// who said it, and the device is judged anew.
/// </summary>
internal sealed class ScopeBook(SandboxDb db, TimeProvider time)
{
    private const int MostGroups = 32;

    /// <summary>Puts a device into a group.</summary>
    /// <returns>Whether that changed anything.</returns>
    /// <exception cref="SetupException">The group cannot be called that, or the device is in too many.</exception>
    public Task<bool> AddAsync(DeviceId device, string group, Guid? by, CancellationToken ct)
    {
        if (!DeviceScope.IsGroup(group)) throw new SetupException($"'{group}' cannot be the name of a group: use small letters, digits and dashes, such as kiosks.");
        return ChangeAsync(device, by, async () =>
        {
            var groups = await db.DeviceGroups.Where(x => x.DeviceId == device).Select(x => x.Group).ToListAsync(ct);
            if (groups.Contains(group)) return false;
            if (groups.Count >= MostGroups) throw new SetupException($"A device is in {MostGroups} groups at most: take it out of one first.");
            db.DeviceGroups.Add(new GroupMember { DeviceId = device, Group = group });
            await db.SaveChangesAsync(ct);
            return true;
        }, ct);
    }

    /// <summary>Takes a device out of a group.</summary>
    /// <returns>Whether that changed anything.</returns>
    public Task<bool> RemoveAsync(DeviceId device, string group, Guid? by, CancellationToken ct) =>
        ChangeAsync(device, by, async () => await db.DeviceGroups.Where(x => x.DeviceId == device && x.Group == group).ExecuteDeleteAsync(ct) > 0, ct);

    /// <summary>Says what a device is for.</summary>
    /// <param name="device">Which.</param>
    /// <param name="role">What for. Null: what it does tells.</param>
    /// <param name="by">Who says it. Null: the command line.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Whether that changed anything.</returns>
    public Task<bool> GiveRoleAsync(DeviceId device, DeviceRole? role, Guid? by, CancellationToken ct) =>
        ChangeAsync(device, by, async () => await db.Devices.Where(x => x.Id == device && x.Role != role).ExecuteUpdateAsync(set => set.SetProperty(x => x.Role, role), ct) > 0, ct);

    private async Task<bool> ChangeAsync(DeviceId device, Guid? by, Func<Task<bool>> change, CancellationToken ct)
    {
        await using var all = await db.Database.BeginTransactionAsync(ct);
        if (!await change()) return false;
        var now = time.GetUtcNow();
        var role = await db.Devices.Where(x => x.Id == device).Select(x => x.Role).SingleAsync(ct);
        db.LogEntries.Add(DeviceLog.Scoped(device, await db.DeviceGroups.Where(x => x.DeviceId == device).Select(x => x.Group).ToListAsync(ct), role, by, now));
        await db.SaveChangesAsync(ct);
        await db.Devices.Where(x => x.Id == device && x.JudgeAt > now).ExecuteUpdateAsync(set => set.SetProperty(x => x.JudgeAt, now), ct);
        await all.CommitAsync(ct);
        return true;
    }
}
