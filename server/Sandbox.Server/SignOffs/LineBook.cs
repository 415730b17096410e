using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Crediting;
using Sandbox.Evidence.Lines;
using Sandbox.Evidence.Policies;
using Sandbox.Storage;
using Sandbox.Storage.SignOffs;

namespace Sandbox.Server.SignOffs;

/// <summary>How far people are with the lines of the schedule: reads all that it depends on and lets <see cref="LineStates"/> judge.</summary>
internal sealed class LineBook(SandboxDb db, Policy policy)
{
    /// <summary>Everybody's lines, or those of one person.</summary>
    /// <param name="person">Whose. Null: everybody's.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<LinesOfPeople> ReadAsync(Guid? person, CancellationToken ct)
    {
        var evidence = await db.Evidence.AsNoTracking().Where(e => person == null || e.PersonId == person).Where(e => e.State == EvidenceState.Held || e.State == EvidenceState.Watched)
            .Select(e => new CreditedEvidence(e.Id, e.PersonId, e.Line, new LineEvidence(e.Act, e.State, e.Grade, e.NotedAt, e.StateSince))).ToListAsync(ct);
        var records = await db.LearningRecords.AsNoTracking().Where(r => r.WithdrawnAt == null && (person == null || r.PersonId == person))
            .Select(r => new StandingRecord(r.Id, r.PersonId, r.Line, r.Column, r.EnteredAt)).ToListAsync(ct);
        var decisions = await db.SignOffs.AsNoTracking().Where(d => person == null || d.PersonId == person).ToListAsync(ct);
        var last = decisions.GroupBy(d => new LineAddress(d.PersonId, d.Line, d.Column)).ToDictionary(one => one.Key, one => one.MaxBy(d => d.Number)!);
        var signed = db.SignOffs.Where(d => d.Kind == DecisionKind.SignedOff && (person == null || d.PersonId == person)).Select(d => d.Id);
        var cited = await db.CitedEvidence.AsNoTracking().Where(c => signed.Contains(c.SignOffId)).ToListAsync(ct);
        return new LinesOfPeople(policy, evidence, records, last, cited);
    }
}

/// <summary>A piece of evidence that is credited to somebody.</summary>
internal sealed record CreditedEvidence(Guid Id, Guid Person, string Line, LineEvidence Evidence);

/// <summary>A record that was not withdrawn.</summary>
internal sealed record StandingRecord(Guid Id, Guid Person, string Line, LineColumn Column, DateTimeOffset EnteredAt);

/// <summary>How far people are, from what was read.</summary>
internal sealed class LinesOfPeople(
    Policy policy, IReadOnlyList<CreditedEvidence> evidence, IReadOnlyList<StandingRecord> records, IReadOnlyDictionary<LineAddress, SignOff> decisions, IReadOnlyList<CitedEvidence> cited)
{
    private readonly ILookup<(Guid, string), CreditedEvidence> _evidence = evidence.ToLookup(one => (one.Person, one.Line));
    private readonly ILookup<LineAddress, StandingRecord> _records = records.ToLookup(one => new LineAddress(one.Person, one.Line, one.Column));
    private readonly ILookup<Guid, CitedEvidence> _cited = cited.ToLookup(one => one.SignOffId);

    /// <summary>The state of a column.</summary>
    public LineState State(LineAddress at) => LineStates.Of(at.Line, at.Column, new LineMaterial
    {
        Evidence = [.. Evidence(at).Select(one => one.Evidence)],
        Records = [.. _records[at].Select(one => one.EnteredAt)],
        Decision = decisions.GetValueOrDefault(at) is { } last ? new LineDecision(last.Kind, last.At, last.Words) { Weakened = Weakened(at, last) } : null,
    }, policy);

    /// <summary>What there is to decide on.</summary>
    public Basis Basis(LineAddress at) => new(
        decisions.GetValueOrDefault(at)?.Number ?? 0,
        [.. Evidence(at).Where(one => one.Evidence.State == EvidenceState.Held).Select(one => (one.Id, one.Evidence.Grade))],
        [.. _records[at].Select(one => one.Id)]);

    // Devices show what was done, never what was taught.
    private IEnumerable<CreditedEvidence> Evidence(LineAddress at) => at.Column == LineColumn.Ojt ? _evidence[(at.Person, at.Line)] : [];

    private int Weakened(LineAddress at, SignOff last) =>
        _cited[last.Id].Count(then => !Evidence(at).Any(now => now.Id == then.EvidenceId && now.Evidence.State == EvidenceState.Held && now.Evidence.Grade >= then.Grade));
}
