using Sandbox.Ledger;

namespace Sandbox.Server.Pki;

/// <summary>The keys of the evidence log.</summary>
/// <param name="Signing">Keys that sign, the newest first; more than one only while a key is being rolled.</param>
/// <param name="Retired">Keys of this origin that signed in former times.</param>
internal sealed record LogKeys(IReadOnlyList<LogKey> Signing, IReadOnlyList<VerifierKey> Retired) : IDisposable
{
    /// <summary>What auditors write down now.</summary>
    public VerifierKey Verifier => Signing[0].Verifier;

    /// <summary>The log's origin, which is the name of all its keys.</summary>
    public string Origin => Verifier.Name;

    /// <summary>What its signatures are checked with: those of all keys that this log ever had, the present one first.</summary>
    public IReadOnlyList<VerifierKey> Verifiers => [.. Signing.Select(key => key.Verifier), .. Retired];

    /// <summary>Whether a note bears a valid signature of any key that this log ever had.</summary>
    public bool HasSigned(SignedNote note) => Verifiers.Any(note.IsSignedBy);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var key in Signing) key.Dispose();
    }
}
