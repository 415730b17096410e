using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sandbox.Tests.Uplink;

/// <summary>A certificate authority of a test's own.</summary>
internal sealed class LabAuthority : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public LabAuthority()
    {
        var request = new CertificateRequest("CN=Test CA", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        Certificate = request.CreateSelfSigned(Now.AddYears(-1), Now.AddYears(1));
    }

    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public X509Certificate2 Certificate { get; }

    public byte[] Pin => SHA256.HashData(Certificate.PublicKey.ExportSubjectPublicKeyInfo());

    /// <summary>A certificate for servers.</summary>
    public X509Certificate2 Server(DateTimeOffset? from = null, DateTimeOffset? until = null, string usage = ServerAuthentication)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Issue(new PublicKey(key), usage, from ?? Now.AddDays(-2), until ?? Now.AddDays(300));
        using var joined = certificate.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(joined.Export(X509ContentType.Pfx), null);
    }

    /// <summary>A certificate that only clients may use, shown by a server.</summary>
    public X509Certificate2 ServerWithoutTheRight() => Server(usage: ClientAuthentication);

    /// <summary>A device's certificate.</summary>
    public X509Certificate2 Device(PublicKey key, DateTimeOffset? from = null, DateTimeOffset? until = null) =>
        Issue(key, ClientAuthentication, from ?? Now.AddDays(-2), until ?? Now.AddDays(12));

    public void Dispose()
    {
        _key.Dispose();
        Certificate.Dispose();
    }

    private X509Certificate2 Issue(PublicKey key, string usage, DateTimeOffset from, DateTimeOffset until)
    {
        var request = new CertificateRequest(new X500DistinguishedName("CN=someone"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], true));
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = 0x42;
        return request.Create(Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(_key), from, until, serial);
    }
}
