using Microsoft.EntityFrameworkCore;
using Sandbox.Server.Devices;
using Sandbox.Storage;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Enrolment;

/// <summary>
/// What people said of a device goes on for the machine that takes its place: else the policy would ask a new kiosk what it asks of every device, and an account that
/// was marked would be forgotten. It stands in the evidence log once more, said by nobody anew.
/// </summary>
internal static class PeoplesWord
{
    /// <summary>Adds it to what is to be saved: groups, what the device is for, and the marks that stand on it alone.</summary>
    public static async Task PassOnAsync(SandboxDb db, Device old, Device heir, CancellationToken ct)
    {
        var now = heir.EnrolledAt;
        var groups = await db.DeviceGroups.Where(x => x.DeviceId == old.Id).Select(x => x.Group).ToListAsync(ct);
        heir.Role = old.Role;
        db.DeviceGroups.AddRange(groups.Select(group => new GroupMember { DeviceId = heir.Id, Group = group }));
        if (groups.Count > 0 || heir.Role is not null) db.LogEntries.Add(DeviceLog.Scoped(heir.Id, groups, heir.Role, by: null, now));
        foreach (var mark in await db.CompromiseMarks.AsNoTracking().Where(x => x.DeviceId == old.Id && x.WithdrawnAt == null).ToListAsync(ct))
        {
            (mark.Id, mark.DeviceId, mark.MarkedAt) = (Guid.NewGuid(), heir.Id, now);
            db.CompromiseMarks.Add(mark);
            db.LogEntries.Add(DeviceLog.Marked(mark, mark.MarkedBy, now));
        }
    }
}
