namespace Sandbox.Storage.People;

/// <summary>A token with which a program of somebody's reads the evidence log, and does nothing else.</summary>
public sealed class ApiToken
{
    /// <summary>Random id of the row.</summary>
    public Guid Id { get; set; }

    /// <summary>Whose it is: it shows what they may see now.</summary>
    public Guid PersonId { get; set; }

    /// <summary>What it is called in lists.</summary>
    public required string Name { get; set; }

    /// <summary>SHA-256 of the token's 32 secret bytes; the bytes themselves are kept nowhere.</summary>
    public required byte[] TokenHash { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When the server stops taking it.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>When it was taken back. Null: it was not.</summary>
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>When it was last used, to the minute or so. Null: never.</summary>
    public DateTimeOffset? UsedAt { get; set; }
}
