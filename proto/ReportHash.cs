using System.Security.Cryptography;

namespace Sandbox.Protocol;

/// <summary>
/// The hash that chains, cites and signs a report: SHA-256("sandbox-report/v1" ‖ device id ‖ exact received bytes).
/// Both parts before the bytes have a fixed length, so no other split gives the same hash.
/// </summary>
public static class ReportHash
{
    /// <summary>Bytes of a hash.</summary>
    public const int Length = SHA256.HashSizeInBytes;

    private const int MostInOnePiece = 2048;

    private static ReadOnlySpan<byte> Prefix => "sandbox-report/v1"u8;

    /// <summary>The hash of one report of one device.</summary>
    public static byte[] Of(DeviceId device, ReadOnlySpan<byte> report)
    {
        // In one piece when it is small, as nearly all are: a hash made piece by piece costs an object of OpenSSL's and several calls.
        var length = Prefix.Length + DeviceId.Length;
        Span<byte> all = stackalloc byte[length + MostInOnePiece];
        var head = all[..length];
        Prefix.CopyTo(head);
        device.CopyTo(head[Prefix.Length..]);
        if (report.Length <= MostInOnePiece)
        {
            report.CopyTo(all[length..]);
            return SHA256.HashData(all[..(length + report.Length)]);
        }

        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(head);
        sha.AppendData(report);
        return sha.GetHashAndReset();
    }

    /// <summary>Signs a report's hash with the device key: ECDSA in ASN.1 DER, or RSASSA-PKCS1-v1_5.</summary>
    /// <exception cref="CryptographicException">The key is neither ECDSA nor RSA, or holds no private part.</exception>
    public static byte[] Sign(AsymmetricAlgorithm key, ReadOnlySpan<byte> hash) => key switch
    {
        ECDsa ec => ec.SignHash(hash, DSASignatureFormat.Rfc3279DerSequence),
        RSA rsa => rsa.SignHash(hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        _ => throw new CryptographicException("A device key is ECDSA P-256 or RSA."),
    };

    /// <summary>Whether the signature was made over the hash by the private part of the key; false for a malformed signature.</summary>
    public static bool Verify(AsymmetricAlgorithm key, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature) => key switch
    {
        ECDsa ec => ec.VerifyHash(hash, signature, DSASignatureFormat.Rfc3279DerSequence),
        RSA rsa => rsa.VerifyHash(hash, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        _ => false,
    };
}
