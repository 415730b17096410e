using Sandbox.Storage.Log;

namespace Sandbox.Server.Witness;

/// <summary>A witness as <c>log witness list --json</c> shows it.</summary>
/// <param name="Name">Its name, which is in its verifier key as well.</param>
/// <param name="Url">Where it is asked.</param>
/// <param name="VerifierKey">Text form of its verifier key.</param>
/// <param name="Size">Entries of the last checkpoint that it cosigned; 0 before the first.</param>
/// <param name="CosignedAt">When that was, by its clock. Null: never.</param>
/// <param name="AskedAt">When it was asked last. Null: not yet.</param>
/// <param name="Trouble">Why it did not cosign then. Null: it did.</param>
internal sealed record WitnessListing(string Name, string Url, string VerifierKey, long Size, DateTimeOffset? CosignedAt, DateTimeOffset? AskedAt, string? Trouble)
{
    /// <summary>The one of a row.</summary>
    public static WitnessListing Of(LogWitness witness) =>
        new(witness.Name, witness.Url, witness.VerifierKey, witness.Size, witness.CosignedAt, witness.AskedAt, witness.Trouble);
}
