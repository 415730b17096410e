using Sandbox.Evidence;
using Sandbox.Protocol;

namespace Sandbox.Storage.Devices;

/// <summary>A machine that was enrolled. Its identity is its key; every name is a label.</summary>
public sealed class Device
{
    /// <summary>The id for life.</summary>
    public DeviceId Id { get; set; }

    /// <summary>The name that people see; unique among active devices.</summary>
    public required string Name { get; set; }

    /// <summary>The person for whom the join code was made.</summary>
    public Guid OwnerId { get; set; }

    /// <summary>When it was enrolled, by the server's clock.</summary>
    public DateTimeOffset EnrolledAt { get; set; }

    /// <summary>Whether it may report.</summary>
    public DeviceState State { get; set; }

    /// <summary>Why it is not active, in the words of the person who decided. Null while active.</summary>
    public string? StateReason { get; set; }

    /// <summary>When the state last changed.</summary>
    public DateTimeOffset StateChangedAt { get; set; }

    /// <summary>SubjectPublicKeyInfo of the device key, DER.</summary>
    public required byte[] PublicKey { get; set; }

    /// <summary>SHA-256 of <see cref="PublicKey"/>; unique.</summary>
    public required byte[] PublicKeyHash { get; set; }

    /// <summary>Serial number of the certificate in use, big-endian.</summary>
    public required byte[] CurrentSerial { get; set; }

    /// <summary>Serial of a renewed certificate that has not been used yet. Null: none.</summary>
    public byte[]? NextSerial { get; set; }

    /// <summary>
    /// The latest end of any certificate over the present key. It never goes back, though the server's clock may: a certificate that the store does not know
    /// counts when it ends later.
    /// </summary>
    public DateTimeOffset CertificateExpiresAt { get; set; }

    /// <summary>Raised on every hello; a batch of an older session is refused in its own transaction.</summary>
    public long Session { get; set; }

    /// <summary>When the server last heard of it, by the server's clock. Null: never since enrolment.</summary>
    public DateTimeOffset? LastSeenAt { get; set; }

    /// <summary>The agent's version at its last hello. Null: no hello yet.</summary>
    public string? AgentVersion { get; set; }

    /// <summary>The device's clock minus the server's at the last hello, in milliseconds. Null: no hello yet.</summary>
    public long? ClockOffsetMs { get; set; }

    /// <summary>The device that took its place. Null: none did.</summary>
    public DeviceId? ReplacedBy { get; set; }

    /// <summary>When time alone may next change a verdict on it, or its silence does. Null: nothing has been judged yet.</summary>
    public DateTimeOffset? JudgeAt { get; set; }

    /// <summary>What it is for, by somebody's word. Null: nobody said, and what it does tells.</summary>
    public DeviceRole? Role { get; set; }

    /// <summary>SubjectPublicKeyInfo of the key that it had before it was given back after a quarantine, DER. Null: it has had one key.</summary>
    public byte[]? PreviousPublicKey { get; set; }

    /// <summary>SHA-256 of the SubjectPublicKeyInfo of the CA that issued its newest certificate. Null: the server's first CA.</summary>
    public byte[]? IssuerPin { get; set; }

    /// <summary>Whether its owner let faults be seeded on it when it was enrolled. The device itself refuses them when that was taken back.</summary>
    public bool FaultsAllowed { get; set; }
}

/// <summary>Whether a device may report.</summary>
public enum DeviceState
{
    /// <summary>It may.</summary>
    Active = 0,

    /// <summary>Taken out of service, or replaced; its record stays.</summary>
    Retired = 1,

    /// <summary>Shut out at once, because its key may be in wrong hands.</summary>
    Revoked = 2,

    /// <summary>Shut out because its identity is in two places, until a mentor splits the clone.</summary>
    Quarantined = 3,
}
