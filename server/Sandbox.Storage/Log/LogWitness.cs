namespace Sandbox.Storage.Log;

/// <summary>Somebody outside who is asked to cosign the evidence log's checkpoints, and their last word.</summary>
public sealed class LogWitness
{
    /// <summary>The name in the witness's key.</summary>
    public required string Name { get; set; }

    /// <summary>Where it is asked: the address before <c>/add-checkpoint</c>, without a slash at the end.</summary>
    public required string Url { get; set; }

    /// <summary>Its verifier key's text form.</summary>
    public required string VerifierKey { get; set; }

    /// <summary>Leaves of the newest checkpoint that it is known to have cosigned. 0: none.</summary>
    public long Size { get; set; }

    /// <summary>Its last cosignature, as a line of a note. Null: it gave none yet.</summary>
    public string? Cosignature { get; set; }

    /// <summary>The time in that cosignature, by the witness's clock. Null: it gave none yet.</summary>
    public DateTimeOffset? CosignedAt { get; set; }

    /// <summary>When it was asked last, by this server's clock. Null: never.</summary>
    public DateTimeOffset? AskedAt { get; set; }

    /// <summary>What came of that, in words. Null: a cosignature, or it was never asked.</summary>
    public string? Trouble { get; set; }
}
