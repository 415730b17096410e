using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;
using Sandbox.Storage;
using Sandbox.Storage.People;

namespace Sandbox.Server.People;

/// <summary>The roles and the person with whom everything begins.</summary>
internal sealed class FirstAdmin(SandboxDb db, Roster roster, Invitations invitations, TimeProvider time)
{
    /// <summary>What the first admin types to sign in, until it is changed at set-up.</summary>
    public const string Name = "admin";

    /// <summary>Adds the roles and the person that are missing; changes nothing that is there.</summary>
    public async Task SeedAsync(CancellationToken ct)
    {
        // Every command comes by here, beside a server that writes: what is there takes no turn at writing, for which it might wait in vain.
        if (await IsSeededAsync(ct) && !await Unsaid().AnyAsync(ct)) return;
        // Of two servers that start at once, one sees what the other has added.
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var there = await db.Roles.Select(x => x.Name).ToListAsync(ct);
        foreach (var role in Roles.All.Except(there))
            db.Roles.Add(new IdentityRole<Guid> { Id = Guid.NewGuid(), Name = role, NormalizedName = role!.ToUpperInvariant() });
        await db.SaveChangesAsync(ct);
        if (!await Admins().AnyAsync(ct)) await roster.AddAsync(Name, "Admin", Roles.Admin, by: null, ct);
        await SayAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Whether an admin has chosen a password.</summary>
    public Task<bool> IsSetUpAsync(CancellationToken ct) => Admins().AnyAsync(x => x.PasswordHash != null, ct);

    /// <summary>A new set-up link's token. Null: an admin has set up already.</summary>
    public async Task<string?> NewSetupTokenAsync(CancellationToken ct)
    {
        if (await IsSetUpAsync(ct)) return null;
        var first = await Admins().OrderBy(x => x.AddedAt).FirstAsync(ct);
        return await invitations.CreateAsync(first.Id, Invitations.SetupLife, by: null, ct);
    }

    // Who was there before the evidence log spoke of people: without an entry nobody could check what they sign.
    private async Task SayAsync(CancellationToken ct)
    {
        foreach (var person in await Unsaid().AsNoTracking().ToListAsync(ct))
            db.LogEntries.Add(PeopleEntry.Of(person, await db.RoleOfAsync(person.Id, ct), time.GetUtcNow(), by: null));
        await db.SaveChangesAsync(ct);
    }

    private IQueryable<Person> Unsaid() => db.Users.Where(person => !db.LogEntries.Any(entry => entry.SubjectId == person.Id && entry.Kind == EntryKind.Role));

    private async Task<bool> IsSeededAsync(CancellationToken ct) =>
        !Roles.All.Except(await db.Roles.Select(x => x.Name).ToListAsync(ct)).Any() && await Admins().AnyAsync(ct);

    private IQueryable<Person> Admins() =>
        from person in db.Users
        join held in db.UserRoles on person.Id equals held.UserId
        join role in db.Roles on held.RoleId equals role.Id
        where role.Name == Roles.Admin
        select person;
}
