using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Crediting;
using Sandbox.Evidence.Lines;
using Sandbox.Evidence.Policies;
using Sandbox.Storage;

namespace Sandbox.Server.SignOffs;

/// <summary>How far people are with the lines of the schedule: reads all that it depends on and lets <see cref="LineStates"/> judge.</summary>
internal sealed class LineBook(SandboxDb db, Policy policy)
{
    /// <summary>The policy that decides what devices can show.</summary>
    public Policy Policy => policy;

    /// <summary>Everybody's lines, or those of one person.</summary>
    /// <param name="person">Whose. Null: everybody's, without the words of decisions.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<LinesOfPeople> ReadAsync(Guid? person, CancellationToken ct)
    {
        var evidence = await db.Evidence.AsNoTracking().Where(e => person == null || e.PersonId == person).Where(e => e.State == EvidenceState.Held || e.State == EvidenceState.Watched)
            .Select(e => new CreditedEvidence(e.Id, e.PersonId, e.Line, new LineEvidence(e.Act, e.State, e.Grade, e.NotedAt, e.StateSince))).ToListAsync(ct);
        var records = await db.LearningRecords.AsNoTracking().Where(r => r.WithdrawnAt == null && (person == null || r.PersonId == person))
            .Select(r => new StandingRecord(r.Id, new LineAddress(r.PersonId, r.Line, r.Column), r.EnteredAt)).ToListAsync(ct);
        var standing = db.SignOffs.AsNoTracking().Where(d => (person == null || d.PersonId == person) && !db.SignOffs.Any(later => later.PersonId == d.PersonId && later.Line == d.Line && later.Column == d.Column && later.Number > d.Number));
        var decisions = await standing.Select(d => new StandingDecision(d.Id, new LineAddress(d.PersonId, d.Line, d.Column), d.Number, d.Kind, d.At, person == null ? null : d.Words, d.Best)).ToListAsync(ct);
        var seen = await db.SeenThings.AsNoTracking().Where(s => standing.Any(d => d.Id == s.SignOffId)).Select(s => new Seen(s.SignOffId, s.ThingId, s.Grade)).ToListAsync(ct);
        return new LinesOfPeople(policy, evidence, records, decisions, seen);
    }
}

/// <summary>A piece of evidence that is credited to somebody.</summary>
internal sealed record CreditedEvidence(Guid Id, Guid Person, string Line, LineEvidence Evidence);

/// <summary>A record that was not withdrawn.</summary>
internal sealed record StandingRecord(Guid Id, LineAddress At, DateTimeOffset EnteredAt);

/// <summary>The last decision about a column.</summary>
internal sealed record StandingDecision(Guid Id, LineAddress About, int Number, DecisionKind Kind, DateTimeOffset At, string? Words, Grade? Best);

/// <summary>What was there to see when it was decided; a record has no grade.</summary>
internal sealed record Seen(Guid Decision, Guid Thing, Grade? Grade);
