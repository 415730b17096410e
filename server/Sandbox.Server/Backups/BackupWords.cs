using System.Globalization;
using Sandbox.Ledger;
using Sandbox.Server.Hosting;

namespace Sandbox.Server.Backups;

/// <summary>What is said of a backup.</summary>
internal static class BackupWords
{
    /// <summary>How much is in it, of when, and how far its log is.</summary>
    public static async Task WriteContentsAsync(this TextWriter output, BackupManifest manifest)
    {
        await output.WriteLineAsync($"made: {Listing.Time(manifest.MadeAt)} by sandbox-server {manifest.Program}");
        await output.WriteLineAsync($"store: {manifest.Store}");
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"people: {manifest.People}\ndevices: {manifest.Devices}\nreports: {manifest.Reports}"));
        await output.WriteLineAsync($"log: {manifest.Entries} entries, {CheckpointWords(manifest)}");
        foreach (var key in manifest.LogKeys) await output.WriteLineAsync($"verifier-key: {key}");
        await output.WriteLineAsync(manifest.HasKeys ? "keys: sealed with a passphrase" : "keys: none; without a backup of them this cannot go on as the same lab");
    }

    /// <summary>Says what is wrong, and what that means.</summary>
    public static async Task WriteFaultsAsync(this TextWriter error, IEnumerable<string> faults, string meaning)
    {
        foreach (var fault in faults) await error.WriteLineAsync($"wrong: {fault}");
        await error.WriteLineAsync(meaning);
    }

    private static string CheckpointWords(BackupManifest manifest) => manifest.Checkpoint is { } note
        ? $"signed checkpoint of {Checkpoint.Parse(SignedNote.Parse(System.Text.Encoding.UTF8.GetBytes(note)).Text).Size}"
        : "no checkpoint yet";
}
