using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sandbox.Protocol;

namespace Sandbox.Server.Pki;

/// <summary>Issues the certificates of devices and says which ones the handshake lets in.</summary>
internal sealed class DeviceCertificates(CertificateAuthority authority)
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private static readonly TimeSpan Life = TimeSpan.FromDays(14);

    /// <summary>Makes a certificate for clients only, named by the device's id and nothing that the device says of itself.</summary>
    public IssuedCertificate Issue(DeviceId device, PublicKey key)
    {
        var request = new CertificateRequest(new X500DistinguishedName($"CN={device}"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ClientAuthentication)], critical: true));
        using var certificate = authority.IssueDevice(request, Life);
        return new IssuedCertificate(certificate.RawData, certificate.SerialNumberBytes.ToArray(), new DateTimeOffset(certificate.NotAfter), authority.DevicePin);
    }

    /// <summary>
    /// How the handshake checks a client's certificate: made by a CA of ours and for clients. Whether it has ended or was withdrawn is decided at
    /// each call, where there are words for it; nothing is ever looked up on the network.
    /// </summary>
    public X509ChainPolicy Policy()
    {
        var policy = Bare();
        foreach (var trusted in authority.Trusted) policy.CustomTrustStore.Add(trusted);
        return policy;
    }

    /// <summary>The authorities that agents are to trust from now on, DER.</summary>
    public IEnumerable<byte[]> Authorities => authority.Trusted.Select(trusted => trusted.RawData);

    private static X509ChainPolicy Bare() => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        ApplicationPolicy = { new Oid(ClientAuthentication) },
        RevocationMode = X509RevocationMode.NoCheck,
        VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid,
        DisableCertificateDownloads = true,
    };
}

/// <summary>A certificate that was issued.</summary>
/// <param name="Der">The certificate, DER.</param>
/// <param name="Serial">Its serial number, big-endian.</param>
/// <param name="ExpiresAt">Its end.</param>
/// <param name="IssuerPin">Pin of the CA that issued it, 32 bytes.</param>
internal sealed record IssuedCertificate(byte[] Der, byte[] Serial, DateTimeOffset ExpiresAt, byte[] IssuerPin);
