using System.Net;
using Microsoft.AspNetCore.Identity;
using Sandbox.Storage.People;

namespace Sandbox.Server.People;

/// <summary>Asks who is signed in for their password again, for what a session alone is not enough for.</summary>
internal sealed partial class Confirmation(SignInManager<Person> sessions, UserManager<Person> people, ILogger<Confirmation> logger)
{
    /// <summary>Five wrong ones lock the name for ten minutes, as at the door; that also limits guessing.</summary>
    /// <exception cref="SetupException">It is not the person's password, or the name is locked.</exception>
    public async Task<Confirmed> ByPasswordAsync(Viewer viewer, string password, IPAddress? from)
    {
        var person = await people.FindByIdAsync(viewer.PersonId.ToString()) ?? throw Refuse(viewer, from, "You are not known any more.");
        var result = await sessions.CheckPasswordSignInAsync(person, password, lockoutOnFailure: true);
        if (result.Succeeded) return new Confirmed(viewer.PersonId, "password");
        throw Refuse(viewer, from, (result.IsLockedOut, person.IsLockedForGood(), password.Length) switch
        {
            (true, true, _) => "An admin has locked your name. Nothing was decided.",
            (true, _, _) => "After five wrong passwords your name is locked for ten minutes; they may have been typed at the door as well. Nothing was decided.",
            (_, _, 0) => "Type your password: it is asked for again for every signature. Nothing was decided.",
            _ => "That is not your password. Nothing was decided.",
        });
    }

    private SetupException Refuse(Viewer viewer, IPAddress? from, string words)
    {
        NotConfirmed(viewer.PersonId, from, words);
        return new SetupException(words);
    }

    [LoggerMessage(3603, LogLevel.Warning, "Person {Person} at {From} could not confirm a decision by password: {Why}")]
    private partial void NotConfirmed(Guid person, IPAddress? from, string why);
}

/// <summary>Somebody was asked for again, just now.</summary>
/// <param name="Person">Who.</param>
/// <param name="How">What the log calls it.</param>
internal sealed record Confirmed(Guid Person, string How);
