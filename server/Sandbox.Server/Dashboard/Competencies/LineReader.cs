using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Catalogue;
using Sandbox.Evidence.Lines;
using Sandbox.Server.Dashboard.Proofs;
using Sandbox.Server.People;
using Sandbox.Server.SignOffs;
using Sandbox.Storage;
using Sandbox.Storage.SignOffs;

namespace Sandbox.Server.Dashboard.Competencies;

/// <summary>Reads one line of one apprentice with all that belongs to it.</summary>
internal sealed class LineReader(SandboxDb db, CompetencyReader competencies, LineBook lines, EvidenceReader evidence, TimeProvider time)
{
    /// <summary>The line. Null: there is none such, or this person may not see it.</summary>
    public async Task<LineView?> ReadAsync(Viewer viewer, Guid id, string line, CancellationToken ct)
    {
        if (Schedule.Current.Line(line) is not { } known || await competencies.OneAsync(viewer, id, ct) is not { } person) return null;
        var read = await lines.ReadAsync(id, ct);
        var (pieces, records) = (await evidence.OfLineAsync(viewer, id, line, ct), await RecordsAsync(viewer, id, line, ct));
        return new LineView
        {
            PersonId = id,
            Person = person.Name,
            Progress = CompetencyReader.Line(id, known, read),
            Shown = LineStates.Shown(line, lines.Policy),
            Basis = Enum.GetValues<LineColumn>().ToDictionary(column => column, column => read.Basis(new LineAddress(id, line, column))),
            Evidence = pieces,
            Records = records,
            Decisions = await DecisionsAsync(id, line, pieces, records, ct),
            AsOf = time.GetUtcNow(),
        };
    }

    private async Task<IReadOnlyList<RecordRow>> RecordsAsync(Viewer viewer, Guid id, string line, CancellationToken ct)
    {
        var records = await db.LearningRecords.AsNoTracking().Where(r => r.PersonId == id && r.Line == line).OrderByDescending(r => r.EnteredAt).ThenBy(r => r.Id)
            .Select(r => new
            {
                Record = r,
                By = db.Names.Where(p => p.Id == r.EnteredBy).Select(p => p.Name).FirstOrDefault(),
                WithdrawnBy = db.Names.Where(p => p.Id == r.WithdrawnBy).Select(p => p.Name).FirstOrDefault(),
            }).ToListAsync(ct);
        // Apprentices do not learn what others handed in.
        var hashes = viewer.SeesEverything ? records.Where(r => r.Record.FileHash is not null).Select(r => r.Record.FileHash!).ToList() : [];
        var others = hashes.Count == 0 ? [] : await db.LearningRecords.AsNoTracking().Where(r => r.PersonId != id && r.FileHash != null && hashes.Contains(r.FileHash))
            .Select(r => new { r.FileHash, Name = db.Names.Where(p => p.Id == r.PersonId).Select(p => p.Name).FirstOrDefault() }).ToListAsync(ct);
        return [.. records.Select(r => new RecordRow(
            r.Record, r.By, r.WithdrawnBy, [.. others.Where(o => r.Record.FileHash is { } hash && o.FileHash.AsSpan().SequenceEqual(hash)).Select(o => o.Name ?? "somebody who is gone").Distinct()]))];
    }

    private async Task<IReadOnlyList<DecisionRow>> DecisionsAsync(Guid id, string line, IReadOnlyList<EvidenceRow> pieces, IReadOnlyList<RecordRow> records, CancellationToken ct)
    {
        var decisions = await db.SignOffs.AsNoTracking().Where(d => d.PersonId == id && d.Line == line).OrderByDescending(d => d.At).ThenByDescending(d => d.Number)
            .Select(d => new { Decision = d, By = db.Names.Where(p => p.Id == d.ById).Select(p => p.Name).FirstOrDefault() }).ToListAsync(ct);
        var seen = (await db.SeenThings.AsNoTracking().Where(s => db.SignOffs.Any(d => d.Id == s.SignOffId && d.PersonId == id && d.Line == line)).ToListAsync(ct)).ToLookup(s => s.SignOffId);
        return [.. decisions.Select(d => new DecisionRow(d.Decision, d.By, [.. seen[d.Decision.Id].Select(thing => Row(thing, pieces, records))]))];
    }

    private static SeenRow Row(SeenThing thing, IReadOnlyList<EvidenceRow> pieces, IReadOnlyList<RecordRow> records)
    {
        if (thing.Grade is null)
            return records.FirstOrDefault(r => r.Record.Id == thing.ThingId) is { } row ? new SeenRow(thing.ThingId, $"{row.Record.Source}, {row.Record.Day:yyyy-MM-dd}", null, row.Record.WithdrawnAt is null ? null : "withdrawn since") : new SeenRow(thing.ThingId, "a record that is gone", null, null);
        if (pieces.FirstOrDefault(r => r.Evidence.Id == thing.ThingId) is not { } piece) return new SeenRow(thing.ThingId, "a piece of evidence", thing.Grade, "credited to somebody else, or gone since");
        var now = piece.Evidence.State != Evidence.Crediting.EvidenceState.Held ? $"{EvidenceWords.Standing(piece.Evidence.State).Word} now" : piece.Evidence.Grade != thing.Grade ? $"{piece.Evidence.Grade} now" : null;
        return new SeenRow(thing.ThingId, piece.Sentence, thing.Grade, now);
    }
}
