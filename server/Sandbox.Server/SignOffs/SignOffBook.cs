using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
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
internal sealed partial class SignOffBook(SandboxDb db, LineBook lines, LiveFeed feed, LogBell bell, TimeProvider time, ILogger<SignOffBook> logger)
{
    /// <summary>Longest words, in characters.</summary>
    public const int LongestWords = 2000;

    private const int ShortestWords = 10;

    /// <summary>Decides; for a signature and for taking one back the person was asked for again before.</summary>
    /// <param name="by">Who decides.</param>
    /// <param name="at">About what.</param>
    /// <param name="wanted">What they decide.</param>
    /// <param name="typed">Their words.</param>
    /// <param name="seen"><see cref="Basis.Digest"/> of what they saw.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="SetupException">It cannot be decided so, with what to do.</exception>
    public async Task DecideAsync(Viewer by, LineAddress at, DecisionKind wanted, string typed, string seen, CancellationToken ct)
    {
        var words = StorableText.Of(typed.Trim());
        if (words.Length > LongestWords) throw new SetupException($"These are {words.Length} characters; {LongestWords} is the most.");
        await using var all = await db.Database.BeginTransactionAsync(ct);
        var role = await RoleAsync(by.PersonId, ct);
        if (!Decisions.MayDecide(role, wanted)) throw new SetupException(wanted == DecisionKind.Revoked ? "Only mentors and admins revoke." : "Only mentors sign and return.");
        if (by.PersonId == at.Person || await RoleAsync(at.Person, ct) != Roles.Apprentice) throw new SetupException("Only an apprentice's lines are signed.");
        if (Schedule.Current.Line(at.Line) is not { } line) throw new SetupException($"The schedule has no line {at.Line}.");
        var read = await lines.ReadAsync(at.Person, ct);
        var (state, basis) = (read.State(at), read.Basis(at));
        if (Decisions.Fault(wanted, at.Column, state, basis, words.Length >= ShortestWords) is { } fault) throw new SetupException(fault);
        if (seen != basis.Digest()) throw new SetupException("What you saw has changed meanwhile: look at it again, then decide.");
        var decision = new SignOff
        {
            Id = Guid.NewGuid(), PersonId = at.Person, Line = at.Line, Column = at.Column, Number = basis.Number + 1, Kind = wanted, At = time.GetUtcNow(), ById = by.PersonId,
            Words = words.Length == 0 ? null : words, Best = state.Best,
        };
        await WriteAsync(decision, Said(decision, line, role, state, basis), basis, ct);
        await all.CommitAsync(ct);
        bell.Ring();
        feed.Publish(new LiveEvent(null, LiveChange.Line, decision.At) { Person = at.Person });
        Decided(by.PersonId, wanted, at.Line, at.Column, at.Person);
    }

    private async Task WriteAsync(SignOff decision, LineDecided said, Basis basis, CancellationToken ct)
    {
        db.SignOffs.Add(decision);
        if (decision.Kind == DecisionKind.SignedOff) db.CitedEvidence.AddRange(basis.Evidence.Select(one => new CitedEvidence { SignOffId = decision.Id, EvidenceId = one.Id, Grade = one.Grade }));
        db.LogEntries.Add(LoggedEntry.New(EntryKind.SignOff, decision.At, new LogBody { LineDecided = said }, person: decision.PersonId, subject: decision.Id));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException)
        {
            // The number is taken: two decided in the same moment.
            throw new SetupException("Somebody else decided about this in the same moment: look at it again.");
        }
    }

    private static LineDecided Said(SignOff decision, ScheduleLine line, string role, LineState state, Basis basis)
    {
        var said = new LineDecided
        {
            Id = Bytes(decision.Id), PersonId = Bytes(decision.PersonId), Line = line.Id, Wording = line.Wording, Column = decision.Column.ToString().ToLowerInvariant(), Number = (uint)decision.Number,
            Decision = Word(decision.Kind), DecidedBy = Bytes(decision.ById), Role = role,
            Evidence = { basis.Evidence.Select(one => new SeenEvidence { EvidenceId = Bytes(one.Id), Grade = one.Grade.ToString() }) },
            Records = { basis.Records.Select(Bytes) },
        };
        if (decision.Words is { } words) said.Words = words;
        if (decision.Kind != DecisionKind.Returned) said.ConfirmedBy = Confirmation.ByPassword;
        // The signature itself is what is missing last; with it, it is not.
        said.Missing.Add(state.Missing.Where(one => one != LineStates.Signature));
        return said;
    }

    private static string Word(DecisionKind kind) => kind switch { DecisionKind.SignedOff => "signed", DecisionKind.Returned => "returned", _ => "revoked" };

    private Task<string> RoleAsync(Guid person, CancellationToken ct) =>
        (from held in db.UserRoles where held.UserId == person join role in db.Roles on held.RoleId equals role.Id select role.Name ?? "").FirstOrDefaultAsync(ct)!;

    private static ByteString Bytes(Guid id) => ByteString.CopyFrom(id.ToByteArray(bigEndian: true));

    [LoggerMessage(3620, LogLevel.Information, "Person {By}: {Kind} line {Line}, {Column}, of {Person}")]
    private partial void Decided(Guid by, DecisionKind kind, string line, LineColumn column, Guid person);
}
