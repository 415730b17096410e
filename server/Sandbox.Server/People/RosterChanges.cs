using Microsoft.EntityFrameworkCore;
using Sandbox.Server.Live;
using Sandbox.Storage;
using Sandbox.Storage.People;

namespace Sandbox.Server.People;

/// <summary>
/// What admins decide about people. Whoever it concerns is signed out within a minute; nobody decides about themself, and one admin who can
/// sign in always stays.
/// </summary>
internal sealed partial class RosterChanges(SandboxDb db, LiveFeed feed, TimeProvider time, ILogger<RosterChanges> logger)
{
    /// <summary>Gives a person another role.</summary>
    /// <exception cref="SetupException">There is no such role, it is the own one, or no admin would be left.</exception>
    public Task ChangeRoleAsync(Guid person, Guid by, string role, CancellationToken ct) => ChangeAsync(person, by, async () =>
    {
        var id = await db.Roles.Where(r => r.Name == role).Select(r => (Guid?)r.Id).FirstOrDefaultAsync(ct)
            ?? throw new SetupException($"There is no role '{role}': choose {string.Join(", ", Roles.All)}.");
        if (role != Roles.Admin) await RequireAnotherAdminAsync(person, ct);
        await db.UserRoles.Where(r => r.UserId == person).ExecuteDeleteAsync(ct);
        db.UserRoles.Add(new() { UserId = person, RoleId = id });
        await db.SaveChangesAsync(ct);
        await SignOutAsync(person, ct);
        RoleChanged(person, role, by);
    }, ct);

    /// <summary>Locks a person out until somebody unlocks them; their open links and join codes end.</summary>
    /// <exception cref="SetupException">It is the own name, or no admin would be left.</exception>
    public Task LockAsync(Guid person, Guid by, CancellationToken ct) => ChangeAsync(person, by, async () =>
    {
        var now = time.GetUtcNow();
        await RequireAnotherAdminAsync(person, ct);
        await db.Users.Where(p => p.Id == person).ExecuteUpdateAsync(set => set.SetProperty(p => p.LockoutEnd, Locks.Forever), ct);
        await db.Invitations.Where(x => x.PersonId == person && x.UsedAt == null).ExecuteDeleteAsync(ct);
        await db.Codes.Where(x => x.PersonId == person && x.RedeemedAt == null && x.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.RevokedAt, now), ct);
        await SignOutAsync(person, ct);
        Locked(person, by);
    }, ct);

    /// <summary>Lets a person sign in again with the password that they have.</summary>
    /// <exception cref="SetupException">It is the own name.</exception>
    public Task UnlockAsync(Guid person, Guid by, CancellationToken ct) => ChangeAsync(person, by, async () =>
    {
        await db.Users.Where(p => p.Id == person).ExecuteUpdateAsync(
            set => set.SetProperty(p => p.LockoutEnd, (DateTimeOffset?)null).SetProperty(p => p.AccessFailedCount, 0), ct);
        Unlocked(person, by);
    }, ct);

    private async Task ChangeAsync(Guid person, Guid by, Func<Task> change, CancellationToken ct)
    {
        if (person == by) throw new SetupException("You cannot change your own role or lock yourself out: another admin can.");
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await change();
        await NoteAsync(person, by, ct);
        await transaction.CommitAsync(ct);
        feed.Publish(new LiveEvent(null, LiveChange.People, time.GetUtcNow()) { Person = person });
    }

    private async Task NoteAsync(Guid person, Guid by, CancellationToken ct)
    {
        var changed = await db.Users.AsNoTracking().SingleAsync(p => p.Id == person, ct);
        db.LogEntries.Add(PeopleEntry.Of(changed, await db.RoleOfAsync(person, ct), time.GetUtcNow(), by));
        await db.SaveChangesAsync(ct);
    }

    private async Task RequireAnotherAdminAsync(Guid person, CancellationToken ct)
    {
        var others = from user in db.Users
                     join held in db.UserRoles on user.Id equals held.UserId
                     join role in db.Roles on held.RoleId equals role.Id
                     where role.Name == Roles.Admin && user.Id != person && user.PasswordHash != null && (user.LockoutEnd == null || user.LockoutEnd < Locks.Forever)
                     select user.Id;
        if (!await others.AnyAsync(ct)) throw new SetupException("This is the last admin who can sign in: make somebody else an admin first.");
    }

    // The stamp ends the sessions that are open.
    private Task<int> SignOutAsync(Guid person, CancellationToken ct)
    {
        var stamp = Guid.NewGuid().ToString("N");
        return db.Users.Where(p => p.Id == person).ExecuteUpdateAsync(set => set.SetProperty(p => p.SecurityStamp, stamp), ct);
    }

    [LoggerMessage(3610, LogLevel.Information, "Person {Person} is now {Role}, decided by {By}")]
    private partial void RoleChanged(Guid person, string role, Guid by);

    [LoggerMessage(3611, LogLevel.Information, "Person {Person} was locked out by {By}")]
    private partial void Locked(Guid person, Guid by);

    [LoggerMessage(3612, LogLevel.Information, "Person {Person} was unlocked by {By}")]
    private partial void Unlocked(Guid person, Guid by);
}
