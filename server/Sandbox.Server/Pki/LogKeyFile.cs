using Sandbox.Ledger;

namespace Sandbox.Server.Pki;

/// <summary>The file of the evidence log's key: the seed as base64 on one line, mode 0600.</summary>
internal static class LogKeyFile
{
    /// <summary>Reads the key, or makes it when there is none yet.</summary>
    /// <exception cref="SetupException">It is unreadable or damaged.</exception>
    public static LogKeys LoadOrCreate(ServerFolders folders, string origin)
    {
        if (!File.Exists(folders.LogKey))
        {
            DurableFile.MakeFolder(folders.Pki);
            DurableFile.Write(folders.LogKey, System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(LogKey.NewSeed()) + "\n"), DurableFile.Secret);
        }

        try
        {
            return new LogKeys([LogKey.FromSeed(origin, Convert.FromBase64String(File.ReadAllText(folders.LogKey).Trim()))], []);
        }
        catch (UnauthorizedAccessException)
        {
            throw new SetupException(
                $"{folders.LogKey} cannot be read by the user {Environment.UserName}. Start the server as the user who owns it, or type: sudo chown {Environment.UserName} {folders.LogKey}");
        }
        catch (FormatException)
        {
            throw new SetupException($"{folders.LogKey} holds no key of an evidence log. Put it back from a backup.");
        }
    }
}
