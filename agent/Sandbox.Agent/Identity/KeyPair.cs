using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sandbox.Agent.Identity;

/// <summary>What the device does with its key for certificates.</summary>
internal static class KeyPair
{
    /// <summary>The certificate with its key.</summary>
    /// <exception cref="CryptographicException">The certificate is not over this key.</exception>
    public static X509Certificate2 Join(X509Certificate2 certificate, AsymmetricAlgorithm key)
    {
        try
        {
            return key is ECDsa ecdsa ? certificate.CopyWithPrivateKey(ecdsa) : certificate.CopyWithPrivateKey((RSA)key);
        }
        catch (ArgumentException)
        {
            throw new CryptographicException("the certificate is not over this device's key");
        }
    }

    /// <summary>A certification request, DER; the server reads only the key from it.</summary>
    public static byte[] Request(AsymmetricAlgorithm key)
    {
        var subject = new X500DistinguishedName("CN=sandbox device");
        var request = key is ECDsa ecdsa
            ? new CertificateRequest(subject, ecdsa, HashAlgorithmName.SHA256)
            : new CertificateRequest(subject, (RSA)key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSigningRequest();
    }
}
