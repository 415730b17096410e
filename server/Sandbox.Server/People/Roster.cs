using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sandbox.Storage;
using Sandbox.Storage.People;

namespace Sandbox.Server.People;

/// <summary>Who is there, and in which role.</summary>
internal sealed class Roster(SandboxDb db, TimeProvider time)
{
    /// <summary>Adds a person without a password; a one-time link lets them choose one.</summary>
    /// <param name="name">What they type to sign in.</param>
    /// <param name="displayName">What pages show. Null: the same.</param>
    /// <param name="role">Their one role.</param>
    /// <param name="by">Who decided it. Null: the command line.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="SetupException">The name is taken or cannot be one.</exception>
    public async Task<Person> AddAsync(string name, string? displayName, string role, Guid? by, CancellationToken ct)
    {
        if (name.Length is 0 or > 64 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '@'))
            throw new SetupException($"'{name}' cannot be a sign-in name: use 1 to 64 letters, digits, dots, hyphens, underscores or @.");
        var normalized = name.ToUpperInvariant();
        if (await db.Users.AnyAsync(x => x.NormalizedUserName == normalized, ct))
            throw new SetupException($"There is already somebody called {name}. A new link for them: sandbox-server people link {name}");
        var roleId = await db.Roles.Where(x => x.Name == role).Select(x => x.Id).SingleAsync(ct);
        var person = new Person
        {
            Id = Guid.NewGuid(),
            UserName = name,
            NormalizedUserName = normalized,
            DisplayName = displayName ?? name,
            AddedAt = time.GetUtcNow(),
            SecurityStamp = Guid.NewGuid().ToString("N"),
            LockoutEnabled = true,
        };
        db.Users.Add(person);
        db.UserRoles.Add(new IdentityUserRole<Guid> { UserId = person.Id, RoleId = roleId });
        db.LogEntries.Add(PeopleEntry.Of(person, role, person.AddedAt, by));
        await db.SaveChangesAsync(ct);
        return person;
    }

    /// <summary>Everybody, by name.</summary>
    public async Task<IReadOnlyList<RosterEntry>> ListAsync(CancellationToken ct) =>
        await (from person in db.Users.AsNoTracking()
               join held in db.UserRoles on person.Id equals held.UserId
               join role in db.Roles on held.RoleId equals role.Id
               orderby person.NormalizedUserName
               select new RosterEntry(person.Id, person.UserName!, person.DisplayName, role.Name!, person.PasswordHash != null)).ToListAsync(ct);
}

/// <summary>A person as lists show them.</summary>
/// <param name="Id">The row's id.</param>
/// <param name="Name">What they type to sign in.</param>
/// <param name="DisplayName">What pages show.</param>
/// <param name="Role">Their one role.</param>
/// <param name="HasPassword">Whether they have set up; until then their one-time link is the only way in.</param>
internal sealed record RosterEntry(Guid Id, string Name, string DisplayName, string Role, bool HasPassword);
