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

    /// <summary>The first 4 bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key), big-endian: which key a signature line speaks of.</summary>
    public uint Id => BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(Name), (byte)'\n', .. TypedKey]));

    private byte[] TypedKey => [Ed25519Type, .. Key.Export(KeyBlobFormat.RawPublicKey)];

    /// <summary>The text form.</summary>
    public override string ToString() => $"{Name}+{Id:x8}+{Convert.ToBase64String(TypedKey)}";
}
