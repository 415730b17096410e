using Sandbox.Evidence.Catalogue;
using Sandbox.Protocol;

namespace Sandbox.Evidence.Record;

/// <summary>A line of the schedule with its two columns.</summary>
/// <param name="Function">The job function.</param>
/// <param name="Line">The line, in the schedule's words.</param>
/// <param name="Ojt">On-the-job training.</param>
/// <param name="Ri">Related instruction.</param>
/// <param name="Evidence">What devices showed and still counts.</param>
public sealed record FilledLine(JobFunction Function, ScheduleLine Line, FilledColumn Ojt, FilledColumn Ri, IReadOnlyList<FilledEvidence> Evidence);

/// <summary>A column of a line.</summary>
/// <param name="Last">The decision that stands. Null: nobody decided yet.</param>
/// <param name="Records">What was entered and not withdrawn.</param>
public sealed record FilledColumn(FilledDecision? Last, IReadOnlyList<FilledRecord> Records)
{
    /// <summary>Whether a signature stands.</summary>
    public bool IsSigned => Last is { Decision: "signed" };
}

/// <summary>A decision about a column.</summary>
/// <param name="Decision">signed, returned or revoked.</param>
/// <param name="At">When, by the log.</param>
/// <param name="DecidedBy">Id of who decided, as entries have it; empty where the entry has none.</param>
/// <param name="By">Their name, as pages showed it then.</param>
/// <param name="Role">Their role then.</param>
/// <param name="ConfirmedBy">How they were asked for again: password or passkey. Null: the session alone vouches for them.</param>
/// <param name="Words">Their words. Null: none.</param>
/// <param name="Entry">Index of the entry.</param>
/// <param name="Salt">Salt of the entry, which is random and stands in no leaf: only who was shown the entry knows it.</param>
public sealed record FilledDecision(string Decision, DateTimeOffset At, Guid DecidedBy, string By, string Role, string? ConfirmedBy, string? Words, long Entry, ReadOnlyMemory<byte> Salt)
{
    internal static FilledDecision Of(LineDecided decided, PlacedEntry entry) => new(
        decided.Decision, entry.At, FilledSchedule.Id(decided.DecidedBy), decided.DecidedByName, decided.Role,
        entry.Body.SignedDecision is not null ? "passkey" : decided.HasConfirmedBy ? decided.ConfirmedBy : null, decided.HasWords ? decided.Words : null, entry.Index, entry.Salt);
}

/// <summary>A record of what was done, read or taught.</summary>
/// <param name="Line">Line of the schedule.</param>
/// <param name="Column">ojt or ri.</param>
/// <param name="Day">The day, as it was entered: 2026-11-23.</param>
/// <param name="Source">Who taught, what was read, or where the work was.</param>
/// <param name="Minutes">How long. Null: not said.</param>
/// <param name="Summary">What was learnt or done. Null: not said.</param>
/// <param name="Stands">It was not withdrawn.</param>
/// <param name="Entry">Index of the entry.</param>
public sealed record FilledRecord(string Line, string Column, string Day, string Source, uint? Minutes, string? Summary, bool Stands, long Entry)
{
    internal static FilledRecord Of(LearningEntered learnt, PlacedEntry entry) => new(
        learnt.Line, learnt.Column, learnt.Day, learnt.Source, learnt.HasMinutes ? learnt.Minutes : null, learnt.HasSummary ? learnt.Summary : null, !learnt.HasWithdrawnBy, entry.Index);
}

/// <summary>A piece of evidence as its last statement has it.</summary>
/// <param name="Person">Who is credited.</param>
/// <param name="Line">Line of the schedule.</param>
/// <param name="Target">What changed.</param>
/// <param name="Before">What it was. Null: there was nothing.</param>
/// <param name="After">What it is.</param>
/// <param name="State">watched, held, undone or discounted.</param>
/// <param name="Grade">E0 to E3.</param>
/// <param name="GradeReason">Why it is not higher.</param>
/// <param name="ChangedAt">When the new state was read, by the device's clock. Null: the statement does not say.</param>
/// <param name="Device">The device's id, in hexadecimal digits.</param>
/// <param name="Entry">Index of the entry.</param>
public sealed record FilledEvidence(
    Guid Person, string Line, string Target, string? Before, string After, string State, string Grade, string GradeReason, DateTimeOffset? ChangedAt, string Device, long Entry)
{
    /// <summary>Whether it counts or may yet.</summary>
    public bool Counts => State is "held" or "watched";

    internal static FilledEvidence Of(EvidenceStatement stated, PlacedEntry entry) => new(
        FilledSchedule.Id(stated.PersonId), stated.Line, stated.Target, stated.HasBefore ? stated.Before : null, stated.After, stated.State, stated.Grade, stated.GradeReason,
        stated.ChangedAt?.ToDateTimeOffset(), Convert.ToHexStringLower(stated.DeviceId.Span), entry.Index);
}
