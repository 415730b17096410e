using System.Security.Cryptography;

namespace Sandbox.Agent.Identity;

/// <summary>The device's private key: made here, kept here, ECDSA P-256; RSA of 3072 bits or more is taken when somebody put one there.</summary>
internal static class DeviceKey
{
    private const int ShortestRsa = 3072;

    /// <summary>The key of the file; a new one is on disk before this returns, so that a lost reply to Enrol can be asked for again.</summary>
    /// <exception cref="SetupException">The file holds no key that devices may have.</exception>
    public static AsymmetricAlgorithm LoadOrCreate(string path) => File.Exists(path) ? Load(path) : Create(path);

    /// <summary>A new key in place of what may be there; on disk before this returns.</summary>
    public static AsymmetricAlgorithm Create(string path)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        DurableFile.Replace(path, System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
        return key;
    }

    /// <summary>The key of the file.</summary>
    /// <exception cref="SetupException">The file holds no key that devices may have.</exception>
    public static AsymmetricAlgorithm Load(string path)
    {
        var pem = File.ReadAllText(path);
        AsymmetricAlgorithm? key = TryEcdsa(pem) is { } ecdsa ? ecdsa : TryRsa(pem);
        var good = key is ECDsa { KeySize: 256 } or RSA { KeySize: >= ShortestRsa };
        if (good) return key!;
        key?.Dispose();
        throw new SetupException(
            $"{path} holds no device key (PKCS#8 PEM, ECDSA P-256 or RSA of 3072 bits). Move it away and enrol again: {Typed.Agent($"enrol -{AgentFolders.Of(path).DataOption}")}");
    }

    private static ECDsa? TryEcdsa(string pem)
    {
        var key = ECDsa.Create();
        if (Imports(() => key.ImportFromPem(pem))) return key;
        key.Dispose();
        return null;
    }

    private static RSA? TryRsa(string pem)
    {
        var key = RSA.Create();
        if (Imports(() => key.ImportFromPem(pem))) return key;
        key.Dispose();
        return null;
    }

    private static bool Imports(Action import)
    {
        try
        {
            import();
            return true;
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            return false;
        }
    }
}
