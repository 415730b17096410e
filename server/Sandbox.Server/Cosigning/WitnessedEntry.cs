using Sandbox.Ledger;

namespace Sandbox.Server.Cosigning;

/// <summary>A log that is witnessed, as lists show it.</summary>
/// <param name="Origin">Its name.</param>
/// <param name="Keys">Keys that count as its.</param>
/// <param name="Size">Leaves of the checkpoint that was cosigned last. Null: none yet.</param>
/// <param name="CosignedAt">When that was. Null: none yet.</param>
/// <param name="Against">What speaks against it, in words.</param>
internal sealed record WitnessedEntry(string Origin, IReadOnlyList<string> Keys, long? Size, DateTimeOffset? CosignedAt, IReadOnlyList<string> Against)
{
    /// <summary>A log as its files say it is.</summary>
    public static WitnessedEntry Of(WitnessedLog log, WitnessVerifierKey witness)
    {
        var cosigned = log.Cosigned;
        return new WitnessedEntry(
            log.Origin, [.. log.Keys.Select(key => key.ToString())], cosigned is null ? null : Checkpoint.Parse(cosigned.Text).Size,
            cosigned is null ? null : witness.Of(cosigned)?.Time, log.Against);
    }
}
