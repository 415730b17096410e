using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence;
using Sandbox.Server.Live;
using Sandbox.Server.People;
using Sandbox.Storage;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Dashboard.Devices;

/// <summary>
/// The one place that says which devices a group holds. A number on the overview and the list behind it both come from here, so they
/// cannot disagree.
/// </summary>
internal sealed class DeviceQuery(SandboxDb db, OpenStreams streams, TimeProvider time)
{
    /// <summary>A clock that is further off than this is named, in milliseconds.</summary>
    public const long ClockLimitMs = 5000;

    /// <summary>A device that is away for longer is silent.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromHours(1);

    /// <summary>A certificate with less left than this should have been renewed.</summary>
    public static readonly TimeSpan CertificateMargin = TimeSpan.FromDays(4);

    private readonly DateTimeOffset _now = time.GetUtcNow();

    /// <summary>The instant that every answer of this query holds for.</summary>
    public DateTimeOffset AsOf => _now;

    /// <summary>The devices that a person may see.</summary>
    public IQueryable<Device> VisibleTo(Viewer viewer) =>
        viewer.SeesEverything ? db.Devices.AsNoTracking() : db.Devices.AsNoTracking().Where(d => d.OwnerId == viewer.PersonId);

    /// <summary>The devices of a group that a person may see.</summary>
    public IQueryable<Device> Of(Viewer viewer, DeviceGroup group)
    {
        var all = VisibleTo(viewer);
        if (group == DeviceGroup.Gone) return all.Where(d => d.State == DeviceState.Retired || d.State == DeviceState.Revoked);
        if (group == DeviceGroup.Quarantined) return all.Where(d => d.State == DeviceState.Quarantined);
        var inService = all.Where(d => d.State == DeviceState.Active || d.State == DeviceState.Quarantined);
        // What a quarantined device said may be the other copy's word: it counts neither as good nor as bad.
        var active = all.Where(d => d.State == DeviceState.Active);
        return group switch
        {
            DeviceGroup.Online or DeviceGroup.Offline => Connected(inService, group),
            DeviceGroup.Silent => Connected(active, group),
            DeviceGroup.Failing => active.Where(d => db.Findings.Any(f => f.DeviceId == d.Id && f.Verdict == Verdict.Fail)),
            DeviceGroup.PasswordPass or DeviceGroup.PasswordFail or DeviceGroup.PasswordUnknown => Judged(active, group),
            DeviceGroup.Clock => active.Where(d => d.ClockOffsetMs > ClockLimitMs || d.ClockOffsetMs < -ClockLimitMs),
            DeviceGroup.Certificate => active.Where(d => d.CertificateExpiresAt < _now + CertificateMargin),
            _ => inService,
        };
    }

    /// <summary>Narrows to devices whose name or owner holds a text, whatever its case.</summary>
    public IQueryable<Device> Named(IQueryable<Device> devices, string text)
    {
        if (text.Length == 0) return devices;
        var like = "%" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";
        // SQLite's LIKE takes upper and lower case of ASCII for one, PostgreSQL's takes none for another.
        var small = like.ToLowerInvariant();
        return devices.Where(d => EF.Functions.Like(d.Name, like, "\\") || EF.Functions.Like(d.Name.ToLower(), small, "\\")
            || db.Users.Any(p => p.Id == d.OwnerId && (EF.Functions.Like(p.DisplayName, like, "\\") || EF.Functions.Like(p.DisplayName.ToLower(), small, "\\")
                || EF.Functions.Like(p.UserName!.ToLower(), small, "\\"))));
    }

    private IQueryable<Device> Connected(IQueryable<Device> devices, DeviceGroup group)
    {
        var open = streams.Devices.ToList();
        if (group == DeviceGroup.Online) return devices.Where(d => open.Contains(d.Id));
        var away = devices.Where(d => !open.Contains(d.Id));
        var limit = _now - SilentAfter;
        return group == DeviceGroup.Offline ? away : away.Where(d => (d.LastSeenAt ?? d.EnrolledAt) < limit);
    }

    private IQueryable<Device> Judged(IQueryable<Device> active, DeviceGroup group)
    {
        var password = db.Findings.Where(PasswordRules.IsOne);
        if (group == DeviceGroup.PasswordFail)
            return active.Where(d => password.Any(f => f.DeviceId == d.Id && f.Verdict == Verdict.Fail));
        var passing = active.Where(d => !password.Any(f => f.DeviceId == d.Id && f.Verdict == Verdict.Fail));
        return group == DeviceGroup.PasswordPass
            ? passing.Where(d => password.Any(f => f.DeviceId == d.Id && f.Verdict == Verdict.Pass)
                && !password.Any(f => f.DeviceId == d.Id && (f.Verdict == Verdict.Unknown || f.Verdict == Verdict.Error)))
            : passing.Where(d => !password.Any(f => f.DeviceId == d.Id && f.Verdict == Verdict.Pass)
                || password.Any(f => f.DeviceId == d.Id && (f.Verdict == Verdict.Unknown || f.Verdict == Verdict.Error)));
    }
}
