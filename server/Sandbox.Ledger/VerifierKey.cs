using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Sandbox.Ledger;

/// <summary>
/// The public half of the log's key as auditors write it down: <c>name+hex8+base64(0x01‖public key)</c> (C2SP signed-note, type 1: Ed25519).
/// </summary>
/// <param name="Name">The log's origin: a URL-like name without scheme, spaces or <c>+</c>.</param>
/// <param name="Key">The Ed25519 public key.</param>
public sealed record VerifierKey(string Name, PublicKey Key)
{
    private const byte Ed25519Type = 1;
    private const int KeyLength = 32;

    /// <summary>The first 4 bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key), big-endian: which key a signature line speaks of.</summary>
    public uint Id => BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(Name), (byte)'\n', .. TypedKey]));

    private byte[] TypedKey => [Ed25519Type, .. Key.Export(KeyBlobFormat.RawPublicKey)];

    /// <summary>Reads the text form.</summary>
    /// <exception cref="FormatException">It is none; the message says what is wrong with it.</exception>
    public static VerifierKey Parse(string text)
    {
        // The base64 may hold a plus of its own.
        var parts = text.Split('+', 3);
        if (parts.Length != 3 || parts[0].Length == 0 || parts[0].Any(char.IsWhiteSpace)) throw new FormatException($"'{text}' is no verifier key: it reads NAME+ID+KEY.");
        var typed = new byte[parts[2].Length];
        if (!Convert.TryFromBase64String(parts[2], typed, out var length) || length != 1 + KeyLength || typed[0] != Ed25519Type)
            throw new FormatException($"The last part of '{text}' is no Ed25519 key: 01 and {KeyLength} bytes in base64.");
        var key = new VerifierKey(parts[0], PublicKey.Import(SignatureAlgorithm.Ed25519, typed.AsSpan(1, KeyLength), KeyBlobFormat.RawPublicKey));
        return key.ToString() == text ? key : throw new FormatException($"'{text}' names the key {parts[1]}, but what follows is the key {key.Id:x8}: it was copied wrongly.");
    }

    /// <summary>Whether this key made the signature over these bytes.</summary>
    public bool Verify(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> signature) => SignatureAlgorithm.Ed25519.Verify(Key, bytes, signature);

    /// <summary>The text form.</summary>
    public override string ToString() => $"{Name}+{Id:x8}+{Convert.ToBase64String(TypedKey)}";
}
