using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sandbox.Server.Pki;

/// <summary>
/// The certificate that both ports show: 395 days, for every name under which this machine is likely to be typed. It is made again when the
/// host name changes or a third of its life is left, while the server runs.
/// </summary>
internal sealed partial class ServerCertificate(CertificateAuthority authority, ServerFolders folders, TimeProvider time, ILogger<ServerCertificate> logger)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    // From its issue; with the 48 hours before, it stays within the 398 days that browsers take.
    private static readonly TimeSpan Life = TimeSpan.FromDays(395);

    private readonly KeyPairFiles _files = new(folders.Pki, "server");
    private readonly Lock _lock = new();
    private X509Certificate2? _current;

    /// <summary>The certificate to show now.</summary>
    /// <param name="host">The name under which people and agents reach this server: a DNS name or an address.</param>
    public X509Certificate2 For(string host)
    {
        lock (_lock)
        {
            _current ??= _files.Load();
            if (_current is { } good && IsFresh(good) && Covers(good, host)) return good;
            _current = Issue(host);
            Issued(host, _current.NotAfter);
            return _current;
        }
    }

    private bool IsFresh(X509Certificate2 certificate)
    {
        var (now, from, until) = (time.GetUtcNow(), new DateTimeOffset(certificate.NotBefore), new DateTimeOffset(certificate.NotAfter));
        return now >= from && until - now > (until - from) / 3 || until >= authority.Certificate.NotAfter && now < until;
    }

    private bool Covers(X509Certificate2 certificate, string host)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        string[] covered = [.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses().Select(x => x.ToString())];
        return Names(host).All(covered.Contains) && certificate.IssuerName.RawData.SequenceEqual(authority.Certificate.SubjectName.RawData);
    }

    private X509Certificate2 Issue(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(new X500DistinguishedName("CN=Sandbox server"), key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in Names(host))
        {
            if (IPAddress.TryParse(name, out var address)) names.AddIpAddress(address);
            else names.AddDnsName(name);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        using var certificate = authority.Issue(request, Life);
        return _files.Save(certificate, key);
    }

    private static IEnumerable<string> Names(string host) =>
        new[] { host, Environment.MachineName, "localhost", "127.0.0.1", "::1" }.Select(x => x.ToLowerInvariant()).Distinct();

    [LoggerMessage(3011, LogLevel.Information, "Made the server certificate for {Host}; it ends at {End:u}")]
    private partial void Issued(string host, DateTime end);
}
