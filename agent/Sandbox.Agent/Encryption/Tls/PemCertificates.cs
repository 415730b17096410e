using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sandbox.Protocol;

namespace Sandbox.Agent.Encryption.Tls;

/// <summary>Certificates in a text (RFC 7468). A private key in the same file is passed over and never decoded.</summary>
internal static class PemCertificates
{
    private const int Most = 100;

    /// <summary>The first, which is the server's own. Null: there is none, or <paramref name="count"/> is not 0 and the first is damaged.</summary>
    public static Certificate? First(string text, out uint count)
    {
        count = 0;
        byte[]? first = null;
        for (var rest = text.AsSpan(); count < Most && PemEncoding.TryFind(rest, out var found); rest = rest[found.Location.End..])
        {
            if (rest[found.Label] is not ("CERTIFICATE" or "X509 CERTIFICATE")) continue;
            if (count++ == 0) first = Convert.FromBase64String(rest[found.Base64Data].ToString());
        }
        return first is null ? null : Parse(first);
    }

    private static Certificate? Parse(byte[] der)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(der);
            return CertificateWords.Of(certificate);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
