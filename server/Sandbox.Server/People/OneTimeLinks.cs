using Microsoft.AspNetCore.Identity;
using Sandbox.Storage;
using Sandbox.Storage.People;

namespace Sandbox.Server.People;

/// <summary>What became of a try to use a one-time link.</summary>
/// <param name="Person">The person who now has a password. Null: nobody, for the reasons given.</param>
/// <param name="LinkIsDead">The link is unknown, used or over: only a new one helps.</param>
/// <param name="Faults">What to change about the form. Empty when the link is dead or the person is in.</param>
internal sealed record LinkUse(Person? Person, bool LinkIsDead, IReadOnlyList<string> Faults)
{
    public static LinkUse Dead { get; } = new(null, true, []);

    public static LinkUse Wrong(params IEnumerable<string> faults) => new(null, false, [.. faults]);
}

/// <summary>Lets a person in who holds a one-time link: the link is spent and the password set together, or neither.</summary>
internal sealed partial class OneTimeLinks(Invitations invitations, UserManager<Person> people, SandboxDb db, TimeProvider time, ILogger<OneTimeLinks> logger)
{
    /// <summary>Spends the link and sets name and password.</summary>
    public async Task<LinkUse> UseAsync(string token, string displayName, string password, CancellationToken ct)
    {
        var use = LinkUse.Dead;
        await invitations.RedeemAsync(token.Trim(), async invitation =>
        {
            use = await LetInAsync(invitation, displayName, password);
            // The name is the person's own choice, so the log says it anew.
            if (use.Person is { } person) db.LogEntries.Add(PeopleEntry.Of(person, await db.RoleOfAsync(person.Id, ct), time.GetUtcNow(), by: person.Id));
            return use.Person is not null;
        }, ct);
        if (use.Person is { } welcome) Used(welcome.Id);
        if (use.LinkIsDead) DeadLink();
        return use;
    }

    private async Task<LinkUse> LetInAsync(Invitation invitation, string displayName, string password)
    {
        if (await people.FindByIdAsync(invitation.PersonId.ToString()) is not { } person || person.IsLockedForGood()) return LinkUse.Dead;
        var faults = await FaultsAsync(person, password);
        if (faults.Count > 0) return LinkUse.Wrong(faults);
        person.DisplayName = displayName;
        person.PasswordHash = people.PasswordHasher.HashPassword(person, password);
        person.LockoutEnd = null;
        person.AccessFailedCount = 0;
        // The new stamp ends every session that the password before has opened; saving it saves all of the above.
        var saved = await people.UpdateSecurityStampAsync(person);
        return saved.Succeeded ? new LinkUse(person, false, []) : LinkUse.Wrong(saved.Errors.Select(e => e.Description));
    }

    private async Task<IReadOnlyList<string>> FaultsAsync(Person person, string password)
    {
        var faults = new List<string>();
        foreach (var validator in people.PasswordValidators)
            faults.AddRange((await validator.ValidateAsync(people, person, password)).Errors.Select(e => e.Description));
        return faults;
    }

    [LoggerMessage(3602, LogLevel.Information, "Person {Person} chose a password by a one-time link")]
    private partial void Used(Guid person);

    [LoggerMessage(3603, LogLevel.Warning, "A one-time link was refused: unknown, used or over")]
    private partial void DeadLink();
}
