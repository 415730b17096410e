using Sandbox.Protocol;

namespace Sandbox.Storage.Devices;

/// <summary>A join code as the server keeps it: without the secret.</summary>
public sealed class IssuedCode
{
    /// <summary>Random id of the row; its first 8 hexadecimal digits name the code in lists and logs.</summary>
    public Guid Id { get; set; }

    /// <summary>SHA-256 of the 16 secret bytes; unique.</summary>
    public required byte[] TokenHash { get; set; }

    /// <summary>For whom it was made: the owner of the device that redeems it.</summary>
    public Guid PersonId { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When the server stops taking it.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>When somebody withdrew it. Null: nobody did.</summary>
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>When the first key redeemed it. Null: not yet.</summary>
    public DateTimeOffset? RedeemedAt { get; set; }

    /// <summary>The device that redeemed it. Null: not yet.</summary>
    public DeviceId? DeviceId { get; set; }

    /// <summary>The device whose place the redeeming one takes. Null: a new device.</summary>
    public DeviceId? Replaces { get; set; }

    /// <summary>The quarantined device that the redeeming machine goes on as, with a new key. Null: it becomes a new device.</summary>
    public DeviceId? Continues { get; set; }
}
