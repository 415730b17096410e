using Sandbox.Protocol;

namespace Sandbox.Evidence.Attribution;

/// <summary>A person who works on machines under an account, with a key or as a Windows SID.</summary>
/// <param name="Person">Id of the person.</param>
/// <param name="Name">The name that people see.</param>
/// <param name="Role">What they are, for people: <c>apprentice</c>, <c>mentor</c>.</param>
/// <param name="Kind">What <paramref name="Value"/> is.</param>
/// <param name="Value">The account's name, the key's fingerprint (<c>SHA256:...</c>) or the SID (<c>S-1-5-21-...</c>).</param>
public sealed record AccountHolder(Guid Person, string Name, string Role, HolderKind Kind, string Value)
{
    /// <summary>The role that earns evidence.</summary>
    public const string Apprentice = "apprentice";

    /// <summary>The device on which it holds. Null: on every device.</summary>
    public DeviceId? Device { get; init; }

    /// <summary>From when on, by the server's clock.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Until before when. Null: it still holds.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether this person earns evidence.</summary>
    public bool IsApprentice => Role == Apprentice;

    /// <summary>Whether it holds for a device at an instant.</summary>
    public bool Holds(DeviceId device, DateTimeOffset at) => (Device is not { } only || only == device) && From <= at && !(Until <= at);
}

/// <summary>By what a person is known on machines. The numbers are stored.</summary>
public enum HolderKind
{
    /// <summary>Name of an account of the operating system.</summary>
    Account = 0,

    /// <summary>Fingerprint of an SSH key, as sshd writes it.</summary>
    Key = 1,

    /// <summary>Security identifier of Windows; one of a machine's own account holds on the device alone for which it is said, one of a domain everywhere.</summary>
    Sid = 2,
}
