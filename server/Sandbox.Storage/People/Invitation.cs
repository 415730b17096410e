namespace Sandbox.Storage.People;

/// <summary>A one-time link through which a person chooses a password; the first admin's is the set-up link.</summary>
public sealed class Invitation
{
    /// <summary>Random id of the row.</summary>
    public Guid Id { get; set; }

    /// <summary>SHA-256 of the 16 secret bytes in the link's fragment; the bytes themselves are kept nowhere.</summary>
    public required byte[] TokenHash { get; set; }

    /// <summary>Whom it lets in.</summary>
    public Guid PersonId { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When the server stops taking it.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>When it was used. Null: not yet.</summary>
    public DateTimeOffset? UsedAt { get; set; }
}
