using System.Text;
using Sandbox.Ledger;
using Sandbox.Server.Pki;

namespace Sandbox.Server.Backups;

/// <summary>The keys in a backup.</summary>
internal static class BackupKeys
{
    /// <summary>Opens them: their files by name.</summary>
    /// <exception cref="SetupException">The passphrase is another one, or they are not those of the log in the backup.</exception>
    public static IReadOnlyDictionary<string, byte[]> Open(BackupFolder parts, BackupManifest manifest, string passphrase)
    {
        var files = KeyBackup.Read(File.ReadAllBytes(parts.PathOf(BackupFolder.Keys)), passphrase);
        var present = manifest.Verifiers[0];
        using var key = files.TryGetValue("log.key", out var seed) ? LogKey.FromSeed(present.Name, Convert.FromBase64String(Encoding.ASCII.GetString(seed).Trim())) : null;
        return key?.Verifier.ToString() == present.ToString() ? files : throw new SetupException($"The keys in this backup are not those of its log, {present}.");
    }
}
