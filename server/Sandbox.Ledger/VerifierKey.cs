using NSec.Cryptography;

namespace Sandbox.Ledger;

/// <summary>
/// The public half of the log's key as auditors write it down: <c>name+hex8+base64(0x01‖public key)</c> (C2SP signed-note, type 1: Ed25519).
/// </summary>
/// <param name="Name">The log's origin: a URL-like name without scheme, spaces or <c>+</c>.</param>
/// <param name="Key">The Ed25519 public key.</param>
public sealed record VerifierKey(string Name, PublicKey Key)
{
    private const byte Type = 1;

    /// <summary>The first 4 bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key), big-endian: which key a signature line speaks of.</summary>
    public uint Id => NoteKey.Id(Name, Type, Key);

    /// <summary>Reads the text form.</summary>
    /// <exception cref="FormatException">It is none; the message says what is wrong with it.</exception>
    public static VerifierKey Parse(string text)
    {
        var (name, key) = NoteKey.Parse(text, Type);
        return new VerifierKey(name, key);
    }

    /// <summary>Whether this key made the signature over these bytes.</summary>
    public bool Verify(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> signature) => SignatureAlgorithm.Ed25519.Verify(Key, bytes, signature);

    /// <summary>The text form.</summary>
    public override string ToString() => NoteKey.Write(Name, Type, Key);
}
