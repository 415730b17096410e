using NSec.Cryptography;

namespace Sandbox.Verify.SignOffs;

/// <summary>Ed25519 with keys as SubjectPublicKeyInfo (RFC 8410), which .NET itself does not have.</summary>
internal static class Ed25519Info
{
    /// <summary>Whether the key made the signature. Null: it is no Ed25519 key.</summary>
    public static bool? Verify(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        PublicKey.TryImport(SignatureAlgorithm.Ed25519, key, KeyBlobFormat.PkixPublicKey, out var read) && read is not null ? SignatureAlgorithm.Ed25519.Verify(read, message, signature) : null;
}
