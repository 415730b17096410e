using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;
using Sandbox.Storage;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Retention;

/// <summary>
/// Erases a person's record: the salts and bodies beside their entries of the log, their rows, and their name; and says so with an entry. All of it is
/// one transaction, so that a kill in between leaves nothing or all. The leaves stay, and with them the tree.
/// </summary>
internal sealed class Erasure(SandboxDb db, KeptPeople people, TimeProvider time)
{
    /// <summary>How long it is waited for entries to get their places, which a running server gives within a second.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>What it would take, and what stands in its way.</summary>
    /// <exception cref="SetupException">There is no such person any more.</exception>
    public async Task<ErasurePlan> PlanAsync(Guid person, bool early, CancellationToken ct) =>
        await ErasurePlan.OfAsync(db, await people.OneAsync(person, ct) ?? throw new SetupException("There is no such person any more."), early, ct);

    /// <summary>Does it.</summary>
    /// <param name="person">Whose record.</param>
    /// <param name="asked">Why and by whom.</param>
    /// <param name="ct">Ends the wait; what was committed stays.</param>
    /// <returns>Row of the entry that says so, and how many entries it names.</returns>
    /// <exception cref="SetupException">Something stands in its way; nothing was erased.</exception>
    public async Task<(long Entry, long Erased)> RunAsync(Guid person, AskedErasure asked, CancellationToken ct)
    {
        for (var began = time.GetTimestamp(); ;)
        {
            if (await TryAsync(person, asked, ct) is { } done) return done;
            if (time.GetElapsedTime(began) > LongestWait)
                throw new SetupException("Entries of theirs wait for a place in the evidence log, and without one nobody could say which were erased. Nothing was erased. The server gives places: start it with `sandbox-server run`, look with `sandbox-server log status`, then type this again.");
            await Task.Delay(LookEvery, time, ct);
        }
    }

    // Null: an entry of theirs has no place yet, or came in between, and nothing was done.
    private async Task<(long Entry, long Erased)?> TryAsync(Guid person, AskedErasure asked, CancellationToken ct)
    {
        await using var all = await db.Database.BeginTransactionAsync(ct);
        await EndStreamsAsync(person, ct);
        var plan = await PlanAsync(person, asked.Early, ct);
        if (plan.Refusal is { } refusal) throw new SetupException(refusal);
        asked.RequireNameless(plan.Person);
        var places = await ErasurePlan.EntriesOf(db, person).OrderBy(x => x.LeafIndex).Select(x => x.LeafIndex).ToListAsync(ct);
        if (places.Contains(null)) return null;
        var erased = new IndexSet();
        foreach (var place in places) erased.Add(place!.Value);
        var revoked = await KeptRevocations.OfAsync(db, person, ct);
        if (await ErasurePlan.EntriesOf(db, person).ExecuteUpdateAsync(set => set.SetProperty(x => x.Salt, (byte[]?)null).SetProperty(x => x.Body, (byte[]?)null), ct) != places.Count) return null;
        await new PersonRows(db).DeleteAsync(person, ct);
        var entry = RetentionEntry.Of(plan.Person, erased, asked, time.GetUtcNow());
        db.ErasedBadges.AddRange(revoked);
        db.LogEntries.Add(entry);
        await db.SaveChangesAsync(ct);
        if (await ErasurePlan.EntriesOf(db, person).AnyAsync(ct))
        {
            // An auditor looked at their record in between: an entry that stands before the erasure, and that it does not name, would be a fault for ever.
            db.ChangeTracker.Clear();
            return null;
        }
        await all.CommitAsync(ct);
        return (entry.Id, places.Count);
    }

    // A stream holds evidence in memory and would write it again. Its next batch is refused by the session's number; the device then begins a new one.
    private Task<int> EndStreamsAsync(Guid person, CancellationToken ct) => db.Devices
        .Where(x => (x.State == DeviceState.Active || x.State == DeviceState.Quarantined) && (db.HeldAccounts.Any(held => held.PersonId == person)
            || db.Evidence.Any(e => e.DeviceId == x.Id && (e.PersonId == person || e.NamedPersonId == person))))
        .ExecuteUpdateAsync(set => set.SetProperty(x => x.Session, x => x.Session + 1), ct);
}
