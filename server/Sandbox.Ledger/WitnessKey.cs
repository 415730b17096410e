using NSec.Cryptography;

namespace Sandbox.Ledger;

/// <summary>The key with which a witness cosigns checkpoints, Ed25519. It signs nothing else.</summary>
public sealed class WitnessKey : IDisposable
{
    private readonly Key _key;

    private WitnessKey(string name, Key key)
    {
        _key = key;
        Verifier = new WitnessVerifierKey(name, key.PublicKey);
    }

    /// <summary>The public half, with the witness's name.</summary>
    public WitnessVerifierKey Verifier { get; }

    /// <summary>The key of a seed, which <see cref="LogKey.NewSeed"/> makes.</summary>
    /// <param name="name">The witness's name: a URL-like name without scheme.</param>
    /// <param name="seed">32 secret bytes.</param>
    /// <exception cref="FormatException">The name has spaces or <c>+</c>, or the seed is not 32 bytes.</exception>
    public static WitnessKey FromSeed(string name, ReadOnlySpan<byte> seed) => new(name, NoteKey.Import(name, seed));

    /// <summary>Says of a checkpoint that at this time no larger one of its log was known here, and that it had only grown.</summary>
    /// <param name="text">The checkpoint's text, <see cref="Checkpoint.Text"/> or that of a note.</param>
    /// <param name="time">When; only whole seconds are kept.</param>
    public NoteSignature Cosign(string text, DateTimeOffset time)
    {
        var cosignature = new Cosignature(time, SignatureAlgorithm.Ed25519.Sign(_key, Cosignature.Message(text, time)));
        return new NoteSignature(Verifier.Name, Verifier.Id, cosignature.ToBytes());
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
