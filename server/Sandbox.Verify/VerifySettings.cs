using Sandbox.Ledger;

namespace Sandbox.Verify;

/// <summary>What a person said of the log that is verified.</summary>
internal sealed record VerifySettings
{
    /// <summary>The log's key, from paper. Null: the one that was confirmed before.</summary>
    public VerifierKey? Key { get; init; }

    /// <summary>Witnesses' keys: each of them must have cosigned.</summary>
    public IReadOnlyList<WitnessVerifierKey> Witnesses { get; init; } = [];

    /// <summary>Holds the log against the checkpoint that was saved before, and saves this one.</summary>
    public bool Remembers { get; init; } = true;
}
