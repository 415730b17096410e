using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Protocol;

namespace Sandbox.Agent.Encryption.Tls;

/// <summary>A certificate in the vocabulary's words.</summary>
internal static class CertificateWords
{
    private const int LongestName = 300;
    private const int MostNames = 50;
    private const string Rsa = "1.2.840.113549.1.1.1", Ec = "1.2.840.10045.2.1", Ed25519 = "1.3.101.112", Ed448 = "1.3.101.113";

    /// <exception cref="CryptographicException">A part of it is no valid DER.</exception>
    public static Certificate Of(X509Certificate2 certificate)
    {
        var words = new Certificate
        {
            Subject = Short(certificate.Subject), Issuer = Short(certificate.Issuer),
            NotBefore = At(certificate.NotBefore), NotAfter = At(certificate.NotAfter), SignedWith = Short(certificate.SignatureAlgorithm.FriendlyName ?? certificate.SignatureAlgorithm.Value ?? ""),
            SelfSigned = certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData),
            Fingerprint = certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant(),
        };
        var (type, bits) = Key(certificate);
        words.KeyType = type;
        if (bits is { } size) words.KeyBits = (uint)size;
        if (certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault() is { } other)
            words.Names.AddRange(other.EnumerateDnsNames().Select(Short).Concat(other.EnumerateIPAddresses().Select(address => address.ToString())).Take(MostNames));
        return words;
    }

    private static (string Type, int? Bits) Key(X509Certificate2 certificate)
    {
        var algorithm = certificate.PublicKey.Oid.Value ?? "";
        using var rsa = algorithm == Rsa ? certificate.GetRSAPublicKey() : null;
        using var ec = algorithm == Ec ? certificate.GetECDsaPublicKey() : null;
        return algorithm switch
        {
            Rsa => ("RSA", rsa?.KeySize),
            Ec => ("ECDSA", ec?.KeySize),
            Ed25519 => ("Ed25519", 256),
            Ed448 => ("Ed448", 456),
            _ => (Short(algorithm), null),
        };
    }

    private static Timestamp At(DateTime time) => new() { Seconds = new DateTimeOffset(time).ToUnixTimeSeconds() };

    private static string Short(string text)
    {
        var clean = new string([.. text.Where(c => !char.IsControl(c)).Take(LongestName)]);
        // Half of a character of two parts is none.
        return clean.Length > 0 && char.IsHighSurrogate(clean[^1]) ? clean[..^1] : clean;
    }
}
