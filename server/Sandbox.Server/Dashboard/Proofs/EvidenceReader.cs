using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Catalogue;
using Sandbox.Evidence.Crediting;
using Sandbox.Evidence.Lines;
using Sandbox.Evidence.Policies;
using Sandbox.Server.People;
using Sandbox.Server.SignOffs;
using Sandbox.Storage;
using Sandbox.Storage.Crediting;

namespace Sandbox.Server.Dashboard.Proofs;

/// <summary>Reads evidence by line of the schedule.</summary>
internal sealed class EvidenceReader(SandboxDb db, EvidenceQuery query, LineBook lines, Policy policy, TimeProvider time)
{
    /// <summary>The page that an address asks for; one past the end is the last one.</summary>
    public async Task<EvidenceList> ListAsync(Viewer viewer, EvidenceFilter filter, CancellationToken ct)
    {
        var found = query.Of(viewer, filter);
        var total = await found.CountAsync(ct);
        var shown = Math.Min(filter.Page, Math.Max(1, (total + EvidenceList.PageSize - 1) / EvidenceList.PageSize));
        return new EvidenceList
        {
            Filter = filter with { Page = shown },
            Rows = await Named(found.OrderByDescending(e => e.NotedAt).ThenBy(e => e.Id).Skip((shown - 1) * EvidenceList.PageSize).Take(EvidenceList.PageSize)).ToListAsync(ct),
            Total = total,
            Functions = await FunctionsAsync(viewer, filter, ct),
            People = await PeopleAsync(viewer, ct),
            AsOf = time.GetUtcNow(),
        };
    }

    /// <summary>What is credited to somebody for a line: all that held, and the newest of the rest.</summary>
    public async Task<IReadOnlyList<EvidenceRow>> OfLineAsync(Viewer viewer, Guid person, string line, CancellationToken ct)
    {
        var found = query.Of(viewer, new EvidenceFilter(person, line, null, 1)).OrderByDescending(e => e.NotedAt).ThenBy(e => e.Id);
        var held = await Named(found.Where(e => e.State == EvidenceState.Held)).ToListAsync(ct);
        return [.. held, .. await Named(found.Where(e => e.State != EvidenceState.Held).Take(EvidenceList.PageSize)).ToListAsync(ct)];
    }

    /// <summary>One piece. Null: there is none, or this person may not see it.</summary>
    public Task<EvidenceRow?> OneAsync(Viewer viewer, Guid id, CancellationToken ct) =>
        Named(query.VisibleTo(viewer).Where(e => e.Id == id)).FirstOrDefaultAsync(ct);

    private async Task<IReadOnlyList<FunctionCount>> FunctionsAsync(Viewer viewer, EvidenceFilter filter, CancellationToken ct)
    {
        // What counts for nobody is no evidence for a line, unless it is asked for.
        var counts = await query.Of(viewer, filter with { Line = null }).Where(e => filter.State != null || e.State != EvidenceState.Discounted).GroupBy(e => e.Line).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(x => x.Key, x => x.Count, ct);
        var seen = Crediting.Lines(policy);
        var person = viewer.SeesEverything ? filter.Person : viewer.PersonId;
        var states = person is null ? null : await lines.ReadAsync(person, ct);
        return [.. Schedule.Current.Functions.Select(function => new FunctionCount(
            function, [.. function.Lines.Select(line => new LineCount(line, counts.GetValueOrDefault(line.Id), seen.Contains(line.Id)) { State = seen.Contains(line.Id) || counts.ContainsKey(line.Id) ? states?.State(new LineAddress(person!.Value, line.Id, LineColumn.Ojt)) : null })]))];
    }

    private async Task<IReadOnlyList<(Guid Id, string Name)>> PeopleAsync(Viewer viewer, CancellationToken ct)
    {
        if (!viewer.SeesEverything) return [(viewer.PersonId, viewer.DisplayName)];
        var credited = await db.Users.AsNoTracking().Where(p => db.Evidence.Any(e => e.PersonId == p.Id)).OrderBy(p => p.DisplayName).ToListAsync(ct);
        return [.. credited.Select(p => (p.Id, p.DisplayName.Length > 0 ? p.DisplayName : p.UserName ?? ""))];
    }

    private IQueryable<EvidenceRow> Named(IQueryable<StoredEvidence> evidence) => evidence.Select(e => new EvidenceRow(
        e,
        db.Devices.Where(d => d.Id == e.DeviceId).Select(d => d.Name).FirstOrDefault(),
        db.Names.Where(p => p.Id == e.PersonId).Select(p => p.Name).FirstOrDefault()));
}
