using Sandbox.Evidence.Catalogue;
using Sandbox.Evidence.Lines;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.Live;
using Sandbox.Server.People;
using Sandbox.Storage;
using Sandbox.Storage.Log;
using Sandbox.Storage.People;
using Sandbox.Storage.SignOffs;

namespace Sandbox.Server.SignOffs;

/// <summary>
/// Decides about lines: signs, returns, revokes. Each decision stands in the evidence log with what was there to see, and only who has seen what
/// is there now may decide.
/// </summary>
internal sealed class SignOffBook(SandboxDb db, LineBook lines, LiveFeed feed, LogBell bell, TimeProvider time)
{
    /// <summary>Longest words, in characters.</summary>
    public const int LongestWords = 2000;

    /// <summary>Shortest words where some are asked for, in characters.</summary>
    public const int ShortestWords = 10;

    /// <summary>Decides.</summary>
    /// <param name="by">Who decides.</param>
    /// <param name="at">About what.</param>
    /// <param name="wanted">What they decide, in which words, on what they saw.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="SetupException">It cannot be decided so, with what to do.</exception>
    public async Task DecideAsync(Viewer by, LineAddress at, NewDecision wanted, CancellationToken ct)
    {
        var words = NewDecision.Clean(wanted.Words);
        if (words.Length > LongestWords) throw new SetupException($"These are {words.Length} characters; {LongestWords} is the most.");
        if (wanted.Kind != DecisionKind.Returned && wanted.Confirmed?.Person != by.PersonId) throw new SetupException("Type your password: it is asked for again for every signature.");
        await using var all = await db.Database.BeginTransactionAsync(ct);
        var (who, whose) = (await Standing.OfAsync(db, by.PersonId, ct), await Standing.OfAsync(db, at.Person, ct));
        if (who.IsLocked || !Decisions.MayDecide(who.Role, wanted.Kind)) throw new SetupException(wanted.Kind == DecisionKind.Revoked ? "Only mentors and admins revoke." : "Only mentors sign and return.");
        // Of who was an apprentice once, a signature can still be taken back.
        if (by.PersonId == at.Person || (whose.Role != Roles.Apprentice && wanted.Kind != DecisionKind.Revoked)) throw new SetupException("Only an apprentice's lines are signed.");
        if (Schedule.Current.Line(at.Line) is not { } line) throw new SetupException($"The schedule has no line {at.Line}.");
        var read = await lines.ReadAsync(at.Person, ct);
        var (state, basis) = (read.State(at), read.Basis(at));
        if (Decisions.Fault(wanted.Kind, at.Column, state, basis, words.Length >= ShortestWords) is { } fault) throw new SetupException(fault);
        if (wanted.Seen != basis.Digest()) throw new SetupException("What you saw has changed meanwhile: look at it again, then decide.");
        var decision = new SignOff
        {
            Id = Guid.NewGuid(), PersonId = at.Person, Line = at.Line, Column = at.Column, Number = basis.Number + 1, Kind = wanted.Kind, At = time.GetUtcNow(), ById = by.PersonId,
            Words = words.Length == 0 ? null : words, Best = basis.Evidence.Count == 0 ? null : basis.Evidence.Max(one => one.Grade),
        };
        db.SignOffs.Add(decision);
        db.SeenThings.AddRange(basis.Evidence.Select(one => new SeenThing { SignOffId = decision.Id, ThingId = one.Id, Grade = one.Grade }));
        db.SeenThings.AddRange(basis.Records.Select(one => new SeenThing { SignOffId = decision.Id, ThingId = one }));
        var said = Said(decision, line, state);
        (said.Role, said.DecidedByName, said.PersonName) = (who.Role, who.Name, whose.Name);
        if (wanted.Confirmed is { } confirmed) said.ConfirmedBy = confirmed.How;
        await DecisionEntry.AddAsync(said, basis, db, ct);
        db.LogEntries.Add(LoggedEntry.New(EntryKind.SignOff, decision.At, new LogBody { LineDecided = said }, person: decision.PersonId, subject: decision.Id));
        await db.SaveChangesAsync(ct);
        await all.CommitAsync(ct);
        bell.Ring();
        feed.Publish(new LiveEvent(null, LiveChange.Line, decision.At) { Person = at.Person });
    }

    private LineDecided Said(SignOff decision, ScheduleLine line, LineState state)
    {
        var said = new LineDecided
        {
            Id = LogId.Of(decision.Id), PersonId = LogId.Of(decision.PersonId), Line = line.Id, Wording = line.Wording, Column = decision.Column.ToString().ToLowerInvariant(),
            Number = (uint)decision.Number, Decision = DecisionEntry.Word(decision.Kind), DecidedBy = LogId.Of(decision.ById), Policy = lines.Policy.Name,
        };
        if (decision.Words is { } words) said.Words = words;
        // The signature itself is what is missing last; with it, it is not.
        said.Missing.Add(state.Missing.Where(one => one != LineStates.Signature));
        return said;
    }
}
