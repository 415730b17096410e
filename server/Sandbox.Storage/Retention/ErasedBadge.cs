namespace Sandbox.Storage.Retention;

/// <summary>
/// A badge that was revoked before the record of the person who earned it was erased. It stays revoked for whoever holds it, and says nothing to anybody else:
/// what it was reckoned from is gone with the record.
/// </summary>
public sealed class ErasedBadge
{
    /// <summary>SHA-256 of the salts of the two entries that signed the line, from which the badge's id comes.</summary>
    public required byte[] Digest { get; set; }
}
