using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Sandbox.Ledger;

/// <summary>
/// What all Ed25519 keys of signed notes have in common (C2SP signed-note): a name, a number, and the text form <c>name+hex8+base64(type‖public key)</c>.
/// The type is a byte that says what the key signs; it is part of the number, so that no signature of one type passes for another.
/// </summary>
internal static class NoteKey
{
    /// <summary>Bytes of a seed, the secret from which a key is made.</summary>
    public const int SeedLength = 32;

    private const int KeyLength = 32;

    /// <summary>The first 4 bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key), big-endian.</summary>
    public static uint Id(string name, byte type, PublicKey key) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', .. Typed(type, key)]));

    /// <summary>Writes the text form.</summary>
    public static string Write(string name, byte type, PublicKey key) => $"{name}+{Id(name, type, key):x8}+{Convert.ToBase64String(Typed(type, key))}";

    /// <summary>Reads the text form.</summary>
    /// <exception cref="FormatException">It is none; the message says what is wrong with it.</exception>
    public static (string Name, PublicKey Key) Parse(string text, byte type)
    {
        // The base64 may hold a plus of its own.
        var parts = text.Split('+', 3);
        if (parts.Length != 3 || !IsName(parts[0])) throw new FormatException($"'{text}' is no verifier key: it reads NAME+ID+KEY.");
        var typed = new byte[parts[2].Length];
        if (!Convert.TryFromBase64String(parts[2], typed, out var length) || length != 1 + KeyLength || typed[0] != type)
            throw new FormatException($"The last part of '{text}' is no Ed25519 key of this sort: {type:x2} and {KeyLength} bytes in base64.");
        var key = PublicKey.Import(SignatureAlgorithm.Ed25519, typed.AsSpan(1, KeyLength), KeyBlobFormat.RawPublicKey);
        return Write(parts[0], type, key) == text
            ? (parts[0], key)
            : throw new FormatException($"'{text}' names the key {parts[1]}, but what follows is the key {Id(parts[0], type, key):x8}: it was copied wrongly.");
    }

    /// <summary>The secret key of a seed.</summary>
    /// <exception cref="FormatException">The name has spaces or <c>+</c>, or the seed is not 32 bytes.</exception>
    public static Key Import(string name, ReadOnlySpan<byte> seed)
    {
        if (!IsName(name)) throw new FormatException($"'{name}' cannot name a key: no spaces and no +.");
        if (seed.Length != SeedLength) throw new FormatException($"A key's seed has {SeedLength} bytes, not {seed.Length}.");
        return Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
    }

    private static bool IsName(string name) => name.Length > 0 && !name.Contains('+') && !name.Any(char.IsWhiteSpace);

    private static byte[] Typed(byte type, PublicKey key) => [type, .. key.Export(KeyBlobFormat.RawPublicKey)];
}
