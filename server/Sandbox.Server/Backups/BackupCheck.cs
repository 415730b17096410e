using System.Text;
using Sandbox.Ledger;
using Sandbox.Server.Hosting;
using Sandbox.Server.Sequencing;
using Sandbox.Storage.Copies;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Backups;

/// <summary>
/// Reads what lies in a backup: the form of the store, and the whole evidence log, whose tree is computed anew from its leaves and must have the root of
/// the signed checkpoint.
/// </summary>
internal static class BackupCheck
{
    /// <summary>Reads a copy of a store.</summary>
    /// <param name="copies">How to open it.</param>
    /// <param name="folder">Where it lies.</param>
    /// <param name="keys">Whose signature the log's checkpoint may bear.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<CheckedStore> RunAsync(IStoreCopies copies, BackupFolder folder, IReadOnlyList<VerifierKey> keys, CancellationToken ct)
    {
        try
        {
            await using var copy = await copies.OpenAsync(folder.Store, ct);
            if (copy.Faults.Count > 0) return CheckedStore.Of(copy.Faults);
            var head = await copy.Log.HeadAsync(ct);
            var log = await new LogAudit(copy.Log, keys).RunAsync(ct);
            return new CheckedStore(copy.Schema, copy.Counts, head, log.Faults);
        }
        catch (InvalidDataException damage)
        {
            return CheckedStore.Of([damage.Message]);
        }
    }

    /// <summary>Reads the copy of the store in a backup, and compares it with what the manifest says.</summary>
    public static async Task<CheckedStore> RunAsync(BackupManifest manifest, BackupFolder folder, CancellationToken ct)
    {
        var found = await RunAsync(ChosenStore.Copies(new ServerFolders(folder.Root), manifest.Store), folder, manifest.Verifiers, ct);
        if (found.Faults.Count > 0) return found;
        List<string> faults = [];
        if (found.Entries != manifest.Entries) faults.Add($"the log has {found.Entries} entries, but the manifest says {manifest.Entries}");
        if (found.Checkpoint != manifest.Checkpoint) faults.Add("the log's checkpoint is not the one that the manifest shows");
        if (found.Counts != new StoreCounts(manifest.People, manifest.Devices, manifest.Reports))
            faults.Add($"there are {found.Counts}, but the manifest says {new StoreCounts(manifest.People, manifest.Devices, manifest.Reports)}");
        return found with { Faults = faults };
    }
}

/// <summary>What a copy of a store turned out to be.</summary>
/// <param name="Schema">The last migration of its schema.</param>
/// <param name="Counts">How much is in it.</param>
/// <param name="Head">Where its log is. Null: it has not begun.</param>
/// <param name="Faults">What is wrong, in words. Empty: it is whole.</param>
internal sealed record CheckedStore(string Schema, StoreCounts Counts, LogHead? Head, IReadOnlyList<string> Faults)
{
    /// <summary>Entries of its log that have their place.</summary>
    public long Entries => Head?.Size ?? 0;

    /// <summary>The log's checkpoint. Null: none yet.</summary>
    public string? Checkpoint => Head?.Checkpoint is { } note ? Encoding.UTF8.GetString(note) : null;

    /// <summary>One that cannot be read.</summary>
    public static CheckedStore Of(IReadOnlyList<string> faults) => new("", new StoreCounts(0, 0, 0), null, faults);
}
