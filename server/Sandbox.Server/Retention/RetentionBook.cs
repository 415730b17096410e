using Microsoft.EntityFrameworkCore;
using Sandbox.Storage;
using Sandbox.Storage.Retention;

namespace Sandbox.Server.Retention;

/// <summary>Who is in which programme, who left it when, and whose record is held. All that is said of it is an entry of the log, with who said it.</summary>
internal sealed class RetentionBook(SandboxDb db, KeptPeople people, TimeProvider time)
{
    // Somebody far to the east leaves on a day that has not begun in Greenwich.
    private const int DaysAhead = 1;

    private static readonly DateOnly _first = new(1970, 1, 1);

    /// <summary>Puts somebody into another programme.</summary>
    /// <param name="person">Who.</param>
    /// <param name="programme">Which.</param>
    /// <param name="by">Who said it. Null: the command line.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="SetupException">Either is not there.</exception>
    public Task AssignAsync(Guid person, Guid programme, Guid? by, CancellationToken ct) => ChangeAsync(person, by, "programme", kept =>
    {
        if (kept.ProgrammeId == programme) throw new SetupException("They are in that programme already.");
        kept.ProgrammeId = programme;
    }, ct);

    /// <summary>Somebody left their programme, by their own will or not: from that day on their record is kept for the programme's years. It locks nobody out.</summary>
    /// <param name="person">Who.</param>
    /// <param name="day">When, where they are.</param>
    /// <param name="programme">The programme that they left. Null: the one that they are in.</param>
    /// <param name="by">Who said it. Null: the command line.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="SetupException">That cannot be, or is known.</exception>
    public Task LeaveAsync(Guid person, DateOnly day, Guid? programme, Guid? by, CancellationToken ct) => ChangeAsync(person, by, "left", kept =>
    {
        if (day < _first || day > DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(DaysAhead))
            throw new SetupException($"They cannot have left on {day:yyyy-MM-dd}: give a day that has come, such as {time.GetUtcNow():yyyy-MM-dd}.");
        if (kept.LeftOn == day && (programme is null || kept.ProgrammeId == programme)) throw new SetupException($"That they left on {day:yyyy-MM-dd} is known already.");
        (kept.LeftOn, kept.ProgrammeId) = (day, programme ?? kept.ProgrammeId);
    }, ct);

    /// <summary>They are in the programme again, or never left it.</summary>
    /// <exception cref="SetupException">Nobody said that they left.</exception>
    public Task ReturnAsync(Guid person, Guid? by, CancellationToken ct) => ChangeAsync(person, by, "returned", kept =>
        kept.LeftOn = kept.LeftOn is null ? throw new SetupException("They have not left.") : null, ct);

    /// <summary>Nothing of this person's may be erased until the hold is released.</summary>
    /// <exception cref="SetupException">There is no reason, or it is held already.</exception>
    public Task HoldAsync(Guid person, string? reason, Guid? by, CancellationToken ct) => ChangeAsync(person, by, "held", kept =>
    {
        if (kept.HeldFor is { } already) throw new SetupException($"It is held already, since {kept.HeldAt:yyyy-MM-dd}: {already}. Release that first if the reason is another one now.");
        (kept.HeldFor, kept.HeldAt) = (PlainReason.Of(reason), time.GetUtcNow());
    }, ct);

    /// <summary>The hold is over; from now on the programme's years alone count.</summary>
    /// <exception cref="SetupException">There is no reason, or no hold.</exception>
    public Task ReleaseAsync(Guid person, string? reason, Guid? by, CancellationToken ct)
    {
        var words = PlainReason.Of(reason);
        return ChangeAsync(person, by, "released", kept =>
        {
            if (kept.HeldFor is null) throw new SetupException("Nothing holds this record.");
            (kept.HeldFor, kept.HeldAt) = (null, null);
        }, ct, words);
    }

    private async Task ChangeAsync(Guid person, Guid? by, string what, Action<KeptRecord> change, CancellationToken ct, string? words = null)
    {
        await using var all = await db.Database.BeginTransactionAsync(ct);
        if (await people.OneAsync(person, ct) is null) throw new SetupException("There is no such person any more.");
        var kept = await db.KeptRecords.SingleOrDefaultAsync(x => x.PersonId == person, ct);
        if (kept is null) db.KeptRecords.Add(kept = new KeptRecord { PersonId = person });
        change(kept);
        var programme = await db.Programmes.Where(x => x.Id == kept.ProgrammeId).Select(x => x.Name).SingleOrDefaultAsync(ct) ?? throw new SetupException("That programme is not there.");
        db.LogEntries.Add(RetentionEntry.Of(kept, programme, what, words, time.GetUtcNow(), by));
        await db.SaveChangesAsync(ct);
        await all.CommitAsync(ct);
    }
}
