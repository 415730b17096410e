using NSec.Cryptography;

namespace Sandbox.Ledger;

/// <summary>The key that signs the evidence log, Ed25519. Its name is the log's origin and never changes.</summary>
public sealed class LogKey : IDisposable
{
    /// <summary>Bytes of a seed, the secret from which the key is made.</summary>
    public const int SeedLength = NoteKey.SeedLength;

    private readonly Key _key;

    private LogKey(string origin, Key key)
    {
        _key = key;
        Verifier = new VerifierKey(origin, key.PublicKey);
    }

    /// <summary>The public half, with the log's origin.</summary>
    public VerifierKey Verifier { get; }

    /// <summary>Makes a new random seed, to be kept in a file that only the server reads.</summary>
    public static byte[] NewSeed()
    {
        using var key = Key.Create(SignatureAlgorithm.Ed25519, new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport });
        return key.Export(KeyBlobFormat.RawPrivateKey);
    }

    /// <summary>The key of a seed.</summary>
    /// <param name="origin">The log's origin: a URL-like name without scheme.</param>
    /// <param name="seed">32 secret bytes.</param>
    /// <exception cref="FormatException">The origin has spaces or <c>+</c>, or the seed is not 32 bytes.</exception>
    public static LogKey FromSeed(string origin, ReadOnlySpan<byte> seed) => new(origin, NoteKey.Import(origin, seed));

    /// <summary>The signature over these bytes, 64 bytes.</summary>
    public byte[] Sign(ReadOnlySpan<byte> bytes) => SignatureAlgorithm.Ed25519.Sign(_key, bytes);

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
