using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sandbox.Server.Pki;

/// <summary>A certificate and its key as two PEM files, <c>NAME.crt</c> (0644) and <c>NAME.key</c> (0600), in a folder of mode 0700.</summary>
internal sealed class KeyPairFiles(string folder, string name)
{
    /// <summary>The certificate's file.</summary>
    public string CertificatePath { get; } = Path.Combine(folder, name + ".crt");

    /// <summary>The key's file.</summary>
    public string KeyPath { get; } = Path.Combine(folder, name + ".key");

    /// <summary>Reads both; null when there is no certificate yet.</summary>
    /// <exception cref="SetupException">One is missing, unreadable or damaged.</exception>
    public X509Certificate2? Load()
    {
        if (!File.Exists(CertificatePath)) return null;
        if (!File.Exists(KeyPath))
            throw new SetupException($"{KeyPath} is missing although {CertificatePath} is there. Put it back from a backup: devices trust no other key.");
        try
        {
            return X509Certificate2.CreateFromPemFile(CertificatePath, KeyPath);
        }
        catch (UnauthorizedAccessException)
        {
            throw new SetupException(
                $"{KeyPath} cannot be read by the user {Environment.UserName}. Start the server as the user who owns it, or type: sudo chown -R {Environment.UserName} {folder}");
        }
        catch (CryptographicException fault)
        {
            throw new SetupException($"{KeyPath} does not hold the key of {CertificatePath} ({fault.Message}). Put both back from a backup.");
        }
    }

    /// <summary>Writes both, the key first, and gives the certificate with its key.</summary>
    public X509Certificate2 Save(X509Certificate2 certificate, ECDsa key)
    {
        DurableFile.MakeFolder(folder);
        DurableFile.Write(KeyPath, Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"), DurableFile.Secret);
        DurableFile.Write(CertificatePath, Encoding.ASCII.GetBytes(certificate.ExportCertificatePem() + "\n"), DurableFile.Open);
        return certificate.CopyWithPrivateKey(key);
    }
}
