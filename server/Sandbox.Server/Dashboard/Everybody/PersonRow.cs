using Sandbox.Server.Dashboard.Words;
using Sandbox.Server.People;
using Sandbox.Server.Retention;
using Sandbox.Storage.People;
using Sandbox.Storage.Retention;

namespace Sandbox.Server.Dashboard.Everybody;

/// <summary>A person in the list and on their page.</summary>
public sealed record PersonRow
{
    /// <summary>The person.</summary>
    public required Person Person { get; init; }

    /// <summary>Their one role; empty: none.</summary>
    public required string Role { get; init; }

    /// <summary>Devices of theirs that may report.</summary>
    public required int Devices { get; init; }

    /// <summary>When the one-time link ends that they have not used. Null: there is none.</summary>
    public DateTimeOffset? InvitedUntil { get; init; }

    /// <summary>When they last signed in. Null: <see cref="NoSignIn"/> says why.</summary>
    public DateTimeOffset? LastSignIn { get; init; }

    /// <summary>Whether a sign-in was noted that cannot be read.</summary>
    public bool LastSignInIsLost { get; init; }

    /// <summary>What it means that no last sign-in is known: a password without one comes from before sign-ins were noted.</summary>
    public string NoSignIn => LastSignInIsLost ? "what was noted cannot be read" : Person.PasswordHash is null ? "never" : "none was noted";

    /// <summary>The name that pages show.</summary>
    public string Name => Person.DisplayName.Length > 0 ? Person.DisplayName : Person.UserName ?? "";

    /// <summary>Whether an admin locked them out.</summary>
    public bool IsLocked => Person.IsLockedForGood();

    /// <summary>Whether they can come in.</summary>
    internal (Tone Tone, string Word) Standing(DateTimeOffset now) => this switch
    {
        { IsLocked: true } => (Tone.Off, "Locked"),
        _ when Person.LockoutEnd > now => (Tone.Warn, "Locked for minutes"),
        { Person.PasswordHash: null, InvitedUntil: null } => (Tone.Warn, "Needs a link"),
        { Person.PasswordHash: null } => (Tone.Unknown, "Invited"),
        _ => (Tone.Good, "Can sign in"),
    };
}

/// <summary>The page of people.</summary>
/// <param name="Rows">Everybody, by name.</param>
/// <param name="AsOf">The server's clock.</param>
public sealed record PeopleView(IReadOnlyList<PersonRow> Rows, DateTimeOffset AsOf)
{
    /// <summary>Whose records have been kept for as long as their programmes say, and are not held, by name.</summary>
    internal IReadOnlyList<KeptPerson> Due { get; init; } = [];
}

/// <summary>The page of one person.</summary>
/// <param name="Row">The person.</param>
/// <param name="Devices">Their devices by name, with those that are gone.</param>
/// <param name="AsOf">The server's clock.</param>
public sealed record PersonView(PersonRow Row, IReadOnlyList<Sandbox.Storage.Devices.Device> Devices, DateTimeOffset AsOf)
{
    /// <summary>Under which accounts they work on machines, with what has ended.</summary>
    internal IReadOnlyList<HolderEntry> Accounts { get; init; } = [];

    /// <summary>How long their record is kept. Null: they were erased while this was read.</summary>
    internal KeptPerson? Kept { get; init; }

    /// <summary>All programmes, by name.</summary>
    internal IReadOnlyList<Programme> Programmes { get; init; } = [];

    /// <summary>Devices in service, by name, for which an account may be added.</summary>
    internal IReadOnlyList<(string Id, string Name)> AllDevices { get; init; } = [];
}
