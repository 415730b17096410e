using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sandbox.Ledger;

namespace Sandbox.Server.Pki;

/// <summary>
/// The CA's keys and certificates, the log's key and the one for badges in one PKCS#12 file (RFC 7292), each named as its file is. Keys are encrypted under the
/// passphrase with AES-256 (PBES2, PBKDF2-SHA-256), the whole is sealed with HMAC-SHA-256: <c>openssl pkcs12 -in FILE -nodes</c> opens it.
/// </summary>
internal static class KeyBackup
{
    private const int Iterations = 600_000;
    private const string FriendlyName = "1.2.840.113549.1.9.20";
    private const string Ed25519 = "1.3.101.112";
    private const string EcPublicKey = "1.2.840.10045.2.1";
    private const string RsaEncryption = "1.2.840.113549.1.1.1";

    // RFC 5652 id-data: what is kept as it is, a list of public keys.
    private const string Data = "1.2.840.113549.1.7.1";
    private const string List = ".retired";
    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, Iterations);

    /// <summary>The files that a backup holds: all keys and certificates but the server's own, which is made anew when it is missing; and the list of the log's former keys.</summary>
    public static IReadOnlyList<string> Files(ServerFolders folders) =>
    [
        .. Directory.EnumerateFiles(folders.Pki).Where(path => Path.GetExtension(path) is ".key" or ".crt" or List)
            .Where(path => Path.GetFileNameWithoutExtension(path) != "server").Order(StringComparer.Ordinal),
    ];

    /// <summary>The backup's bytes.</summary>
    /// <exception cref="SetupException">A key is unreadable or of an unknown kind.</exception>
    public static byte[] Write(ServerFolders folders, string passphrase)
    {
        var (keys, certificates) = (new Pkcs12SafeContents(), new Pkcs12SafeContents());
        foreach (var path in Files(folders))
        {
            var text = File.ReadAllText(path);
            Pkcs12SafeBag bag = Path.GetExtension(path) switch
            {
                ".crt" => certificates.AddCertificate(X509Certificate2.CreateFromPem(text)),
                List => certificates.AddSecret(new Oid(Data), OctetString(Encoding.ASCII.GetBytes(text))),
                _ => Add(keys, new Pkcs12ShroudedKeyBag(KeyOf(path, text).Encrypt(passphrase, Encryption))),
            };
            bag.Attributes.Add(new Pkcs9AttributeObject(FriendlyName, BmpString(Path.GetFileName(path))));
        }

        var builder = new Pkcs12Builder();
        builder.AddSafeContentsEncrypted(certificates, passphrase, Encryption);
        builder.AddSafeContentsUnencrypted(keys);
        builder.SealWithMac(passphrase, HashAlgorithmName.SHA256, Iterations);
        return builder.Encode();
    }

    /// <summary>The files of a backup by name, as they lie in the folder.</summary>
    /// <exception cref="SetupException">It is no backup, or the passphrase is another one.</exception>
    public static IReadOnlyDictionary<string, byte[]> Read(byte[] backup, string passphrase)
    {
        try
        {
            var info = Pkcs12Info.Decode(backup, out _);
            if (!info.VerifyMac(passphrase)) throw new SetupException("The passphrase does not open this backup.");
            var files = new Dictionary<string, byte[]>();
            foreach (var contents in info.AuthenticatedSafe)
            {
                if (contents.ConfidentialityMode == Pkcs12ConfidentialityMode.Password) contents.Decrypt(passphrase);
                foreach (var bag in contents.GetBags()) files[NameOf(bag)] = Encoding.ASCII.GetBytes(TextOf(bag, passphrase));
            }

            return files;
        }
        catch (CryptographicException fault)
        {
            throw new SetupException($"This is no backup of a server's keys ({fault.Message}).");
        }
    }

    /// <summary>Puts the files of a backup into the folder of the keys.</summary>
    public static void PutBack(ServerFolders folders, IReadOnlyDictionary<string, byte[]> files)
    {
        DurableFile.MakeFolder(folders.Pki);
        foreach (var (name, content) in files.OrderByDescending(x => x.Key, StringComparer.Ordinal))
            DurableFile.Write(Path.Combine(folders.Pki, name), content, name.EndsWith(".key", StringComparison.Ordinal) ? DurableFile.Secret : DurableFile.Open);
    }

    private static Pkcs12SafeBag Add(Pkcs12SafeContents contents, Pkcs12SafeBag bag)
    {
        contents.AddSafeBag(bag);
        return bag;
    }

    private static Pkcs8PrivateKeyInfo KeyOf(string path, string text)
    {
        try
        {
            if (!text.StartsWith("-----", StringComparison.Ordinal)) return OfSeed(Convert.FromBase64String(text.Trim()));
            using AsymmetricAlgorithm key = IsRsa(text) ? RSA.Create() : ECDsa.Create();
            key.ImportFromPem(text);
            return Pkcs8PrivateKeyInfo.Create(key);
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException or ArgumentException)
        {
            throw new SetupException($"{path} holds no key that can be backed up ({fault.Message}).");
        }
    }

    private static bool IsRsa(string pem)
    {
        var found = PemEncoding.Find(pem);
        return pem.AsSpan()[found.Label] is "PRIVATE KEY" && Pkcs8PrivateKeyInfo.Decode(Convert.FromBase64String(pem[found.Base64Data]), out _).AlgorithmId.Value == RsaEncryption;
    }

    // RFC 8410: the private key is an octet string within the octet string.
    private static Pkcs8PrivateKeyInfo OfSeed(byte[] seed) => seed.Length == LogKey.SeedLength
        ? new Pkcs8PrivateKeyInfo(new Oid(Ed25519), null, (byte[])[0x04, LogKey.SeedLength, .. seed])
        : throw new FormatException($"a seed has {LogKey.SeedLength} bytes, not {seed.Length}");

    private static byte[] OctetString(byte[] content)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteOctetString(content);
        return writer.Encode();
    }

    private static string TextOf(Pkcs12SafeBag bag, string passphrase)
    {
        if (bag is Pkcs12CertBag certificate) return certificate.GetCertificate().ExportCertificatePem() + "\n";
        if (bag is Pkcs12SecretBag list && list.GetSecretType().Value == Data) return Encoding.ASCII.GetString(AsnDecoder.ReadOctetString(list.SecretValue.Span, AsnEncodingRules.BER, out _));
        if (bag is not Pkcs12ShroudedKeyBag shrouded) throw new CryptographicException("it holds something that is neither key nor certificate");
        var key = Pkcs8PrivateKeyInfo.DecryptAndDecode(passphrase, shrouded.EncryptedPkcs8PrivateKey, out _);
        return key.AlgorithmId.Value switch
        {
            Ed25519 => Convert.ToBase64String(key.PrivateKeyBytes.Span[2..]) + "\n",
            EcPublicKey or RsaEncryption => PemEncoding.WriteString("PRIVATE KEY", key.Encode()) + "\n",
            var other => throw new CryptographicException($"it holds a key of the unknown kind {other}"),
        };
    }

    private static string NameOf(Pkcs12SafeBag bag)
    {
        var attribute = bag.Attributes.Cast<CryptographicAttributeObject>().FirstOrDefault(x => x.Oid.Value == FriendlyName)
            ?? throw new CryptographicException("something in it has no name");
        var name = Encoding.BigEndianUnicode.GetString(attribute.Values[0].RawData.AsSpan(2));
        return Path.GetFileName(name) == name && Path.GetExtension(name) is ".key" or ".crt" or List ? name : throw new CryptographicException($"it holds a file named {name}");
    }

    // A short BMPString (X.690 §8.23): tag, length in one byte, UTF-16 big-endian.
    private static byte[] BmpString(string text) => [0x1e, (byte)(2 * text.Length), .. Encoding.BigEndianUnicode.GetBytes(text)];
}
