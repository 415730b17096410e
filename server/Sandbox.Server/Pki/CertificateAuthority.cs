using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sandbox.Server.Pki;

/// <summary>
/// The lab's own certificate authority: P-256, ten years, its key in a file of mode 0600. Everything it issues starts 48 hours back, so
/// that a skewed clock fails in words and not in the handshake, and never outlives it.
/// </summary>
internal sealed class CertificateAuthority : IDisposable
{
    private const int Years = 10;
    private const int SerialLength = 16;
    private static readonly TimeSpan Backdate = TimeSpan.FromHours(48);

    private readonly TimeProvider _time;

    private CertificateAuthority(X509Certificate2 certificate, TimeProvider time) => (Certificate, _time) = (certificate, time);

    /// <summary>The CA certificate with its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The CA that is to take its place, with its key: it issues devices' certificates already. Null: no roll-over has begun.</summary>
    public X509Certificate2? Next { get; private init; }

    /// <summary>The CA whose place it took; devices' certificates of it still count. Null: none, or that roll-over is finished.</summary>
    public X509Certificate2? Before { get; private init; }

    /// <summary>All that vouch for devices, and that agents are to trust: the present one first.</summary>
    public IReadOnlyList<X509Certificate2> Trusted => [.. new[] { Certificate, Next, Before }.OfType<X509Certificate2>()];

    /// <summary>SHA-256 of the certificate's SubjectPublicKeyInfo, 32 bytes: the pin in every join code.</summary>
    public byte[] Pin => PinOf(Certificate);

    /// <summary>The pin of the CA that issues devices' certificates: that of the next one from the moment on at which it is prepared.</summary>
    public byte[] DevicePin => PinOf(Next ?? Certificate);

    /// <summary>SHA-256 of a certificate's SubjectPublicKeyInfo, 32 bytes.</summary>
    public static byte[] PinOf(X509Certificate2 certificate) => SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo());

    /// <summary>Reads the CA of a data folder, or makes it when there is none yet.</summary>
    /// <exception cref="SetupException">A file is missing, unreadable or damaged.</exception>
    public static CertificateAuthority LoadOrCreate(ServerFolders folders, TimeProvider time)
    {
        CaRoll.Recover(folders);
        var files = new KeyPairFiles(folders.Pki, CaRoll.Present);
        return new CertificateAuthority(files.Load() ?? Create(files, time), time)
        {
            Next = new KeyPairFiles(folders.Pki, CaRoll.Next).Load(),
            Before = new KeyPairFiles(folders.Pki, CaRoll.Before).Load(),
        };
    }

    /// <summary>Issues a device's certificate, from the next CA when there is one.</summary>
    public X509Certificate2 IssueDevice(CertificateRequest request, TimeSpan life) => Issue(request, life, Next ?? Certificate);

    /// <summary>Issues a certificate; the request's own extensions say what for.</summary>
    /// <param name="request">Subject, public key and usages.</param>
    /// <param name="life">From now to the end; the 48 hours before come on top.</param>
    /// <returns>The certificate without a private key.</returns>
    public X509Certificate2 Issue(CertificateRequest request, TimeSpan life) => Issue(request, life, Certificate);

    private X509Certificate2 Issue(CertificateRequest request, TimeSpan life, X509Certificate2 issuer)
    {
        var (caFrom, caUntil) = (new DateTimeOffset(issuer.NotBefore), new DateTimeOffset(issuer.NotAfter));
        var now = _time.GetUtcNow();
        var (from, until) = (now - Backdate, now + life);
        if (from < caFrom) from = caFrom;
        if (until > caUntil) until = caUntil;
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        using var key = issuer.GetECDsaPrivateKey()!;
        return request.Create(issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(key), from, until, NewSerial());
    }

    /// <summary>The certificate as people and agents fetch it.</summary>
    public string ExportPem() => Certificate.ExportCertificatePem() + "\n";

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var authority in Trusted) authority.Dispose();
    }

    /// <summary>Makes a CA in these files.</summary>
    internal static X509Certificate2 Create(KeyPairFiles files, TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = $"Sandbox CA {RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        var request = new CertificateRequest(new X500DistinguishedName($"CN={name}"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = time.GetUtcNow();
        var certificate = request.Create(request.SubjectName, X509SignatureGenerator.CreateForECDsa(key), now - Backdate, now.AddYears(Years), NewSerial());
        using (certificate) return files.Save(certificate, key);
    }

    // Positive and of full length, so that its DER form has exactly these bytes.
    private static byte[] NewSerial()
    {
        var serial = RandomNumberGenerator.GetBytes(SerialLength);
        serial[0] = (byte)((serial[0] & 0x3f) | 0x40);
        return serial;
    }
}
