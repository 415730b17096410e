using System.Security.Cryptography;
using System.Text;
using Sandbox.Server.Pki;

namespace Sandbox.Server.Export.Formats.Badges;

/// <summary><c>pki/badges.key</c>: PKCS#8 in PEM, mode 0600. It is made when the first badge is signed.</summary>
internal sealed class IssuerKeyFile(ServerFolders folders)
{
    private string File => Path.Combine(folders.Pki, "badges.key");

    /// <summary>Reads the key. Null: nothing was signed yet.</summary>
    /// <exception cref="SetupException">It is unreadable or damaged.</exception>
    public IssuerKey? Load()
    {
        if (!System.IO.File.Exists(File)) return null;
        try
        {
            return IssuerKey.FromPem(System.IO.File.ReadAllText(File));
        }
        catch (UnauthorizedAccessException)
        {
            throw new SetupException($"{File} cannot be read by the user {Environment.UserName}. Start the server as the user who owns it, or type: sudo chown {Environment.UserName} {File}");
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            throw new SetupException($"{File} holds no key that badges can be signed with ({fault.Message}). Put it back from a backup.");
        }
    }

    /// <summary>Reads the key, or makes it.</summary>
    /// <exception cref="SetupException">It is unreadable or damaged.</exception>
    public IssuerKey LoadOrCreate()
    {
        if (Load() is { } key) return key;
        using var made = IssuerKey.New();
        DurableFile.MakeFolder(folders.Pki);
        FirstFile.Write(File, Encoding.ASCII.GetBytes(made.ToPem()), DurableFile.Secret);
        // What lies there: another export, or a command beside the server, may have made one at the same time.
        return Load()!;
    }
}
