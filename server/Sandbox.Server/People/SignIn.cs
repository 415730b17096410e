using System.Net;
using Microsoft.AspNetCore.Identity;
using Sandbox.Storage.People;

namespace Sandbox.Server.People;

/// <summary>What became of a try to sign in.</summary>
internal enum SignInOutcome
{
    /// <summary>The session cookie is set.</summary>
    Welcome,

    /// <summary>Unknown name, wrong password or locked: nobody outside learns which.</summary>
    Refused,

    /// <summary>Too many tries for this name from this address, or from this address at all.</summary>
    TooMany,
}

/// <summary>Checks a name and a password.</summary>
internal sealed partial class SignIn(
    SignInManager<Person> sessions, UserManager<Person> people, IPasswordHasher<Person> hasher, SignInTries tries, LastSignIns lastSignIns, ILogger<SignIn> logger)
{
    // Hashed for unknown names, so that they take as long as known ones.
    private static readonly Person Nobody = new();

    /// <summary>Tries; five wrong passwords lock a name for ten minutes.</summary>
    public async Task<SignInOutcome> TryAsync(string name, string password, IPAddress? from)
    {
        if (!tries.Allows(name, from)) return Refuse(SignInOutcome.TooMany, from, "too many tries");
        var person = await people.FindByNameAsync(name);
        if (person?.PasswordHash is null)
        {
            hasher.HashPassword(Nobody, password);
            return Refuse(SignInOutcome.Refused, from, "no such person, or no password yet");
        }

        var result = await sessions.PasswordSignInAsync(person, password, isPersistent: false, lockoutOnFailure: true);
        if (!result.Succeeded) return Refuse(SignInOutcome.Refused, from, result.IsLockedOut ? "locked" : "wrong password");
        await lastSignIns.NoteAsync(person.Id, CancellationToken.None);
        SignedIn(person.Id, from);
        return SignInOutcome.Welcome;
    }

    private SignInOutcome Refuse(SignInOutcome outcome, IPAddress? from, string why)
    {
        Refused(from, why);
        return outcome;
    }

    [LoggerMessage(3600, LogLevel.Information, "Person {Person} signed in from {From}")]
    private partial void SignedIn(Guid person, IPAddress? from);

    [LoggerMessage(3601, LogLevel.Warning, "Sign-in from {From} refused: {Why}")]
    private partial void Refused(IPAddress? from, string why);
}
