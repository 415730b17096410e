using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Catalogue;
using Sandbox.Evidence.Lines;
using Sandbox.Evidence.Policies;
using Sandbox.Server.Dashboard.Proofs;
using Sandbox.Server.People;
using Sandbox.Server.SignOffs;
using Sandbox.Storage;

namespace Sandbox.Server.Dashboard.Competencies;

/// <summary>Reads one line of one apprentice with all that belongs to it.</summary>
internal sealed class LineReader(SandboxDb db, CompetencyReader competencies, LineBook lines, EvidenceReader evidence, Policy policy, TimeProvider time)
{
    /// <summary>The line. Null: there is none such, or this person may not see it.</summary>
    public async Task<LineView?> ReadAsync(Viewer viewer, Guid id, string line, CancellationToken ct)
    {
        if (Schedule.Current.Line(line) is not { } known || await competencies.OneAsync(viewer, id, ct) is not { } person) return null;
        var read = await lines.ReadAsync(id, ct);
        return new LineView
        {
            PersonId = id,
            Person = person.Name,
            Progress = CompetencyReader.Line(id, known, read),
            Shown = LineStates.Shown(line, policy),
            Seen = Enum.GetValues<LineColumn>().ToDictionary(column => column, column => read.Basis(new LineAddress(id, line, column)).Digest()),
            Evidence = await evidence.ListAsync(viewer, new EvidenceFilter(id, line, null, 1), ct),
            Records = await RecordsAsync(viewer, id, line, ct),
            Decisions = await DecisionsAsync(id, line, ct),
            AsOf = time.GetUtcNow(),
        };
    }

    private async Task<IReadOnlyList<RecordRow>> RecordsAsync(Viewer viewer, Guid id, string line, CancellationToken ct)
    {
        var records = await db.LearningRecords.AsNoTracking().Where(r => r.PersonId == id && r.Line == line).OrderByDescending(r => r.EnteredAt).ThenBy(r => r.Id)
            .Select(r => new { Record = r, By = db.Users.Where(p => p.Id == r.EnteredBy).Select(p => p.DisplayName != "" ? p.DisplayName : p.UserName).FirstOrDefault() }).ToListAsync(ct);
        // Apprentices do not learn what others handed in.
        var hashes = viewer.SeesEverything ? records.Where(r => r.Record.FileHash is not null).Select(r => r.Record.FileHash!).ToList() : [];
        var others = hashes.Count == 0 ? [] : await db.LearningRecords.AsNoTracking().Where(r => r.PersonId != id && r.FileHash != null && hashes.Contains(r.FileHash))
            .Select(r => new { r.FileHash, Name = db.Users.Where(p => p.Id == r.PersonId).Select(p => p.DisplayName != "" ? p.DisplayName : p.UserName).FirstOrDefault() }).ToListAsync(ct);
        return [.. records.Select(r => new RecordRow(r.Record, r.By, [.. others.Where(o => r.Record.FileHash is { } hash && o.FileHash.AsSpan().SequenceEqual(hash)).Select(o => o.Name ?? "somebody who is gone").Distinct()]))];
    }

    private async Task<IReadOnlyList<DecisionRow>> DecisionsAsync(Guid id, string line, CancellationToken ct) =>
        await db.SignOffs.AsNoTracking().Where(d => d.PersonId == id && d.Line == line).OrderByDescending(d => d.At).ThenByDescending(d => d.Number)
            .Select(d => new DecisionRow(d, db.Users.Where(p => p.Id == d.ById).Select(p => p.DisplayName != "" ? p.DisplayName : p.UserName).FirstOrDefault(), db.CitedEvidence.Count(c => c.SignOffId == d.Id)))
            .ToListAsync(ct);
}
