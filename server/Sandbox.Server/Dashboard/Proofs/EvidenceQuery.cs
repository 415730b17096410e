using Microsoft.EntityFrameworkCore;
using Sandbox.Server.People;
using Sandbox.Storage;
using Sandbox.Storage.Crediting;

namespace Sandbox.Server.Dashboard.Proofs;

/// <summary>The one place that says which evidence a person may see and a filter finds: counts and lists come from here.</summary>
internal sealed class EvidenceQuery(SandboxDb db)
{
    /// <summary>Apprentices see what is credited to them, the others all.</summary>
    public IQueryable<StoredEvidence> VisibleTo(Viewer viewer) =>
        viewer.SeesEverything ? db.Evidence.AsNoTracking() : db.Evidence.AsNoTracking().Where(e => e.PersonId == viewer.PersonId);

    /// <summary>What a filter finds.</summary>
    public IQueryable<StoredEvidence> Of(Viewer viewer, EvidenceFilter filter)
    {
        var found = VisibleTo(viewer);
        if (filter.Person is { } person) found = found.Where(e => e.PersonId == person);
        if (filter.Line is { } line) found = found.Where(e => e.Line == line);
        if (filter.State is { } state) found = found.Where(e => e.State == state);
        return found;
    }
}
