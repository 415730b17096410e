using Microsoft.EntityFrameworkCore;
using Sandbox.Server.People;
using Sandbox.Storage;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Dashboard.Joining;

/// <summary>Which join codes a person may see and which of them are open: the count and the list come from here.</summary>
internal sealed class CodeQuery(SandboxDb db, TimeProvider time)
{
    /// <summary>Codes that ended longer ago are no longer listed.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(7);

    private readonly DateTimeOffset _now = time.GetUtcNow();

    /// <summary>The instant that every answer of this query holds for.</summary>
    public DateTimeOffset AsOf => _now;

    /// <summary>Apprentices see their own, mentors and admins all.</summary>
    public IQueryable<IssuedCode> VisibleTo(Viewer viewer) =>
        viewer.ManagesDevices ? db.Codes.AsNoTracking() : db.Codes.AsNoTracking().Where(c => c.PersonId == viewer.PersonId);

    /// <summary>Those that a machine can still bring.</summary>
    public IQueryable<IssuedCode> Open(Viewer viewer) =>
        VisibleTo(viewer).Where(c => c.RedeemedAt == null && c.RevokedAt == null && c.ExpiresAt > _now);

    /// <summary>Those that were redeemed, withdrawn or ended in the last days.</summary>
    public IQueryable<IssuedCode> Past(Viewer viewer)
    {
        var since = _now - Remembered;
        return VisibleTo(viewer).Where(c => (c.RedeemedAt != null || c.RevokedAt != null || c.ExpiresAt <= _now) && c.CreatedAt > since);
    }
}
