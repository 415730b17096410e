using System.Security.Cryptography;

namespace Sandbox.Verify.SignOffs;

/// <summary>Signatures of passkeys, by their COSE algorithm (RFC 9053, RFC 8812).</summary>
internal static class PasskeyKey
{
    private const int Es256 = -7;
    private const int EdDsa = -8;
    private const int Rs256 = -257;
    private const int LeastRsaBits = 2048;
    private const int P256Bits = 256;

    /// <summary>Whether the key made the signature over the message. Null: it is no key of this algorithm.</summary>
    /// <param name="algorithm">COSE algorithm.</param>
    /// <param name="key">SubjectPublicKeyInfo, DER.</param>
    /// <param name="message">What was signed.</param>
    /// <param name="signature">ECDSA in DER, EdDSA in 64 bytes, or RSASSA-PKCS1-v1_5.</param>
    public static bool? Verify(int algorithm, ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        try
        {
            return algorithm switch
            {
                Es256 => VerifyEcdsa(key, message, signature),
                EdDsa => Ed25519Info.Verify(key, message, signature),
                Rs256 => VerifyRsa(key, message, signature),
                _ => null,
            };
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static bool? VerifyEcdsa(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        using var ec = ECDsa.Create();
        ec.ImportSubjectPublicKeyInfo(key, out var read);
        if (read != key.Length || ec.KeySize != P256Bits) return null;
        return ec.VerifyData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    private static bool? VerifyRsa(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(key, out var read);
        if (read != key.Length || rsa.KeySize < LeastRsaBits) return null;
        return rsa.VerifyData(message, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }
}
