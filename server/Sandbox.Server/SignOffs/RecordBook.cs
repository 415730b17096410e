using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.Live;
using Sandbox.Server.People;
using Sandbox.Storage;
using Sandbox.Storage.Log;
using Sandbox.Storage.People;
using Sandbox.Storage.SignOffs;

namespace Sandbox.Server.SignOffs;

/// <summary>Keeps what apprentices did, read or were taught, in words. Each entry and each withdrawal stands in the evidence log.</summary>
internal sealed class RecordBook(SandboxDb db, LiveFeed feed, LogBell bell, TimeProvider time)
{
    /// <summary>Most records of one column of one person that stand.</summary>
    private const int MostStanding = 100;

    /// <summary>Enters a record.</summary>
    /// <exception cref="SetupException">It cannot be entered, with what to type.</exception>
    public async Task AddAsync(Viewer by, NewRecord entered, CancellationToken ct)
    {
        var wanted = entered with { Source = NewDecision.Clean(entered.Source), Summary = NewDecision.Clean(entered.Summary) };
        if (wanted.Fault(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)) is { } fault) throw new SetupException(fault);
        await using var all = await db.Database.BeginTransactionAsync(ct);
        await AllowAsync(by, wanted.At.Person, ct);
        if ((await Standing.OfAsync(db, wanted.At.Person, ct)).Role != Roles.Apprentice) throw new SetupException("Records are kept of apprentices.");
        var now = time.GetUtcNow();
        var standing = await db.LearningRecords.AsNoTracking().Where(r => r.PersonId == wanted.At.Person && r.Line == wanted.At.Line && r.Column == wanted.At.Column && r.WithdrawnAt == null).ToListAsync(ct);
        if (standing.Exists(r => r.Day == wanted.Day && r.Source == wanted.Source && (r.Summary ?? "") == wanted.Summary && r.Minutes == wanted.Minutes && (r.FileHash ?? []).AsSpan().SequenceEqual(wanted.File?.Hash ?? []))) throw new SetupException("Exactly this is entered already.");
        if (standing.Count >= MostStanding) throw new SetupException($"There are {MostStanding} records for this already: withdraw some.");
        var record = Record(wanted, by.PersonId, now);
        db.LearningRecords.Add(record);
        await SaidAsync(record, null, now, ct);
        await all.CommitAsync(ct);
        Tell(record, now);
    }

    /// <summary>Withdraws a record; what was decided on it stands and cites it.</summary>
    /// <exception cref="SetupException">It is not there any more.</exception>
    public async Task WithdrawAsync(Viewer by, LineAddress at, Guid id, CancellationToken ct)
    {
        await using var all = await db.Database.BeginTransactionAsync(ct);
        await AllowAsync(by, at.Person, ct);
        var now = time.GetUtcNow();
        var record = await db.LearningRecords.SingleOrDefaultAsync(r => r.Id == id && r.PersonId == at.Person && r.Line == at.Line && r.WithdrawnAt == null, ct) ?? throw new SetupException("That record was withdrawn already.");
        (record.WithdrawnAt, record.WithdrawnBy) = (now, by.PersonId);
        await SaidAsync(record, by.PersonId, now, ct);
        await all.CommitAsync(ct);
        Tell(record, now);
    }

    // The session may be a minute behind.
    private async Task AllowAsync(Viewer by, Guid person, CancellationToken ct)
    {
        var who = await Standing.OfAsync(db, by.PersonId, ct);
        if (who.IsLocked || !(by with { Role = who.Role }).KeepsRecordsOf(person)) throw new SetupException("Only apprentices keep their records, and mentors for them.");
    }

    private void Tell(LearningRecord record, DateTimeOffset now)
    {
        bell.Ring();
        feed.Publish(new LiveEvent(null, LiveChange.Line, now) { Person = record.PersonId });
    }

    private static LearningRecord Record(NewRecord wanted, Guid by, DateTimeOffset now) => new()
    {
        Id = Guid.NewGuid(), PersonId = wanted.At.Person, Line = wanted.At.Line, Column = wanted.At.Column, Day = wanted.Day, Source = wanted.Source, Minutes = wanted.Minutes,
        Summary = wanted.Summary.Length == 0 ? null : wanted.Summary, FileName = wanted.File?.Name, FileSize = wanted.File?.Size, FileHash = wanted.File?.Hash, EnteredAt = now, EnteredBy = by,
    };

    private async Task SaidAsync(LearningRecord record, Guid? withdrawnBy, DateTimeOffset now, CancellationToken ct)
    {
        var said = new LearningEntered
        {
            Id = LogId.Of(record.Id), PersonId = LogId.Of(record.PersonId), Line = record.Line, Column = record.Column.ToString().ToLowerInvariant(), Day = $"{record.Day:yyyy-MM-dd}", Source = record.Source,
            EnteredBy = LogId.Of(record.EnteredBy),
        };
        if (record.Minutes is { } minutes) said.Minutes = (uint)minutes;
        if (record.Summary is { } summary) said.Summary = summary;
        if (record.FileHash is { } hash) (said.FileName, said.FileSize, said.FileHash) = (record.FileName, (ulong)(record.FileSize ?? 0), ByteString.CopyFrom(hash));
        if (withdrawnBy is { } person) said.WithdrawnBy = LogId.Of(person);
        db.LogEntries.Add(LoggedEntry.New(EntryKind.Learning, now, new LogBody { LearningEntered = said }, person: record.PersonId, subject: record.Id));
        await db.SaveChangesAsync(ct);
    }
}
