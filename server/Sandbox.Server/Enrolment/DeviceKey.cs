using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sandbox.Protocol;

namespace Sandbox.Server.Enrolment;

/// <summary>The public key of a certification request: all that is taken from one. Its subject and extensions are the asker's own idea.</summary>
/// <param name="Key">The key, in its usual encoding.</param>
/// <param name="Info">SubjectPublicKeyInfo, DER.</param>
internal sealed record DeviceKey(PublicKey Key, byte[] Info)
{
    private const string P256 = "1.2.840.10045.3.1.7";
    private const int LeastRsaBits = 3072;
    private const int MostRsaBits = 8192;

    /// <summary>SHA-256 of <see cref="Info"/>.</summary>
    public byte[] Hash { get; } = SHA256.HashData(Info);

    /// <summary>Reads a PKCS#10 request and checks that who made it holds the private key.</summary>
    /// <param name="request">The request, DER.</param>
    /// <param name="fault">What is wrong with it. Null: nothing.</param>
    /// <returns>Its key. Null: it is refused.</returns>
    public static DeviceKey? Read(byte[] request, out Denial? fault)
    {
        fault = null;
        try
        {
            var parsed = CertificateRequest.LoadSigningRequest(request, HashAlgorithmName.SHA256);
            if (Accept(parsed.PublicKey) is { } key) return key;
            fault = new Denial(Reason.KeyRefused, "A device key is ECDSA P-256 or RSA of 3072 bits or more.");
        }
        catch (CryptographicException)
        {
            fault = new Denial(Reason.CsrInvalid, "The certification request cannot be read, or its signature does not fit its key.");
        }

        return null;
    }

    // Encoded anew, so that one key has one hash however the request wrote it down.
    private static DeviceKey? Accept(PublicKey key)
    {
        using var ec = key.GetECDsaPublicKey();
        if (ec is not null) return ec.ExportParameters(false).Curve.Oid?.Value == P256 ? Of(new PublicKey(ec)) : null;
        using var rsa = key.GetRSAPublicKey();
        return rsa?.KeySize is >= LeastRsaBits and <= MostRsaBits ? Of(new PublicKey(rsa)) : null;
    }

    private static DeviceKey Of(PublicKey key) => new(key, key.ExportSubjectPublicKeyInfo());
}
