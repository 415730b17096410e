using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sandbox.Agent.Identity;

/// <summary>The CA certificates that vouch for the server, PEM, in one file.</summary>
internal static class AuthorityFile
{
    private const int Most = 8;

    /// <summary>Reads them.</summary>
    /// <exception cref="CryptographicException">There is none, or one is damaged.</exception>
    public static X509Certificate2Collection Read(string path)
    {
        X509Certificate2Collection authorities = [];
        authorities.ImportFromPem(File.ReadAllText(path));
        return authorities.Count > 0 ? authorities : throw new CryptographicException($"{path} holds no certificate");
    }

    /// <summary>Writes them durably in place of what was there.</summary>
    /// <exception cref="CryptographicException">One is no certificate of an authority.</exception>
    public static X509Certificate2Collection Write(string path, IReadOnlyList<ReadOnlyMemory<byte>> authorities)
    {
        if (authorities.Count > Most) throw new CryptographicException($"the server hands out {authorities.Count} authorities; {Most} at most are taken");
        X509Certificate2Collection read = [.. authorities.Select(der => X509CertificateLoader.LoadCertificate(der.Span)).ToArray()];
        if (read.Any(authority => !IsAuthority(authority))) throw new CryptographicException("the server hands out a certificate as an authority that is none");
        DurableFile.Replace(path, Encoding.ASCII.GetBytes(string.Concat(read.Select(authority => authority.ExportCertificatePem() + "\n"))));
        return read;
    }

    private static bool IsAuthority(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority);
}
