using System.Net;
using Microsoft.AspNetCore.Identity;
using Sandbox.Storage.People;

namespace Sandbox.Server.People;

/// <summary>Asks who is signed in for their password again, for what nobody may do who only found the screen unlocked.</summary>
internal sealed partial class Confirmation(SignInManager<Person> sessions, UserManager<Person> people, SignInTries tries, ILogger<Confirmation> logger)
{
    /// <summary>What the log calls it.</summary>
    public const string ByPassword = "password";

    /// <summary>Five wrong ones lock the name for ten minutes, as at the door.</summary>
    /// <exception cref="SetupException">It is not the person's password, or there were too many tries.</exception>
    public async Task ByPasswordAsync(Viewer viewer, string password, IPAddress? from)
    {
        var person = await people.FindByIdAsync(viewer.PersonId.ToString());
        if (person?.UserName is not { } name || !tries.Allows(name, from)) throw Refuse(viewer, from, "Too many tries: wait a minute, then type your password again.");
        var result = await sessions.CheckPasswordSignInAsync(person, password, lockoutOnFailure: true);
        if (result.IsLockedOut) throw Refuse(viewer, from, "After five wrong passwords your name is locked for ten minutes. Nothing was decided.");
        if (!result.Succeeded) throw Refuse(viewer, from, password.Length == 0 ? "Type your password: it is asked for again for every signature. Nothing was decided." : "That is not your password. Nothing was decided.");
    }

    private SetupException Refuse(Viewer viewer, IPAddress? from, string words)
    {
        NotConfirmed(viewer.PersonId, from, words);
        return new SetupException(words);
    }

    [LoggerMessage(3603, LogLevel.Warning, "Person {Person} at {From} could not confirm a decision by password: {Why}")]
    private partial void NotConfirmed(Guid person, IPAddress? from, string why);
}
