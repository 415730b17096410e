using Sandbox.Server.Dashboard.Words;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Dashboard.Joining;

/// <summary>A join code in a list.</summary>
/// <param name="Code">As it is kept: without the secret.</param>
/// <param name="Person">For whom it was made. Null: the person is gone.</param>
/// <param name="Device">Name of the device that redeemed it. Null: none did.</param>
public sealed record CodeRow(IssuedCode Code, string? Person, string? Device)
{
    /// <summary>What became of it.</summary>
    internal (Tone Tone, string Word) Standing(DateTimeOffset now) => Code switch
    {
        { RedeemedAt: not null } => (Tone.Good, "Redeemed"),
        { RevokedAt: not null } => (Tone.Off, "Withdrawn"),
        _ when Code.ExpiresAt <= now => (Tone.Warn, "Expired"),
        _ => (Tone.Plain, "Open"),
    };
}

/// <summary>Somebody for whom a code can be made.</summary>
/// <param name="Id">The row's id.</param>
/// <param name="Name">Shown name, with the sign-in name where they differ.</param>
public sealed record Candidate(Guid Id, string Name);

/// <summary>What the page Enrol a device shows.</summary>
/// <param name="Open">Codes that a machine can still bring, those that end first in front.</param>
/// <param name="Past">What became of the others, newest first.</param>
/// <param name="People">For whom this person may make codes: the own name first.</param>
/// <param name="AsOf">The server's clock.</param>
public sealed record EnrolView(IReadOnlyList<CodeRow> Open, IReadOnlyList<CodeRow> Past, IReadOnlyList<Candidate> People, DateTimeOffset AsOf);
