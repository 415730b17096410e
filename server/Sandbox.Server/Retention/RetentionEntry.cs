using System.Globalization;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Storage.Log;
using Sandbox.Storage.Retention;

namespace Sandbox.Server.Retention;

/// <summary>What the evidence log says of how long records are kept.</summary>
internal static class RetentionEntry
{
    /// <summary>How long a programme keeps records from now on.</summary>
    /// <param name="programme">The programme.</param>
    /// <param name="now">The server's clock.</param>
    /// <param name="by">Who said it. Null: the command line.</param>
    public static LoggedEntry Of(Programme programme, DateTimeOffset now, Guid? by)
    {
        var said = new ProgrammeSaid { Id = LogId.Of(programme.Id), Name = programme.Name, YearsKept = (uint)programme.YearsKept };
        if (by is { } who) said.SaidBy = LogId.Of(who);
        return LoggedEntry.New(EntryKind.Programme, now, new LogBody { ProgrammeSaid = said }, subject: programme.Id);
    }

    /// <summary>What holds of one person's record from now on.</summary>
    /// <param name="kept">All that holds.</param>
    /// <param name="programme">Name of their programme.</param>
    /// <param name="what">What is new: programme, left, returned, held or released.</param>
    /// <param name="words">Why a hold was released. Null: it was not.</param>
    /// <param name="now">The server's clock.</param>
    /// <param name="by">Who said it. Null: the command line.</param>
    public static LoggedEntry Of(KeptRecord kept, string programme, string what, string? words, DateTimeOffset now, Guid? by)
    {
        var said = new RetentionSaid { PersonId = LogId.Of(kept.PersonId), What = what, ProgrammeId = LogId.Of(kept.ProgrammeId), Programme = programme };
        if (kept.LeftOn is { } day) said.LeftOn = Day(day);
        if (kept.HeldFor is { } reason) said.HeldFor = reason;
        if (words is not null) said.Words = words;
        if (by is { } who) said.SaidBy = LogId.Of(who);
        return LoggedEntry.New(EntryKind.Retention, now, new LogBody { RetentionSaid = said }, person: kept.PersonId, subject: kept.PersonId);
    }

    /// <summary>What was erased. It names the person by the id that the leaves have, and by nothing else.</summary>
    /// <param name="person">Whose record it was, and by which rule it was kept.</param>
    /// <param name="erased">The entries.</param>
    /// <param name="asked">Why and by whom.</param>
    /// <param name="now">The server's clock.</param>
    public static LoggedEntry Of(KeptPerson person, IndexSet erased, AskedErasure asked, DateTimeOffset now)
    {
        var said = new BodyErased { PersonId = LogId.Of(person.Id), Reason = asked.Reason, Early = !person.IsDue, Programme = person.Programme, YearsKept = (uint)person.YearsKept };
        said.Erased.AddRange(erased.Ranges.Select(range => new IndexRange { First = (ulong)range.First, Last = (ulong)range.Last }));
        if (person.LeftOn is { } day) said.LeftOn = Day(day);
        if (asked.By is { } who) said.SaidBy = LogId.Of(who);
        return LoggedEntry.New(EntryKind.Erasure, now, new LogBody { BodyErased = said }, person: person.Id);
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
