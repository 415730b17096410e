using Sandbox.Ledger;
using Sandbox.Server.Compliance;
using Sandbox.Server.Hosting;
using Sandbox.Server.Pki;

namespace Sandbox.Server.Backups;

/// <summary>
/// Makes a backup beside a running server. It lies under a temporary name until all of it is written, read again and on the disk: whatever is killed, there
/// is a whole backup or none. Files that a killed run left go when a backup of that name is made again.
/// </summary>
internal sealed class BackupMaker(ServerFolders folders, ServerSettings settings, TextWriter error, TimeProvider time)
{
    /// <summary>Makes it.</summary>
    /// <param name="path">The backup; it must not exist.</param>
    /// <param name="passphrase">What seals the keys. Null: they are left out.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>What it says of itself, or what is wrong with the data, of which no backup was made.</returns>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public async Task<(BackupManifest? Made, IReadOnlyList<string> Faults)> MakeAsync(string path, string? passphrase, CancellationToken ct)
    {
        IReadOnlyList<string> faults = [];
        var made = await DurableFile.WriteNewAsync(path, DurableFile.Secret, async file =>
        {
            (var written, faults) = await WriteAsync(file, path, passphrase, ct);
            return written;
        });
        return (made, faults);
    }

    private async Task<(BackupManifest? Made, IReadOnlyList<string> Faults)> WriteAsync(FileStream file, string path, string? passphrase, CancellationToken ct)
    {
        using var parts = new BackupFolder(path + ".sandbox-parts");
        var (manifest, faults) = await CollectAsync(parts, passphrase, ct);
        if (faults.Count > 0) return (null, faults);
        await SayAsync(BackupArchive.WriteAsync(file, parts, manifest, ct), () => $"Packing: {Words(file.Length)}");
        using var again = new BackupFolder(parts.Root);
        return (await BackupArchive.ExtractAsync(file, path, again, ct), []);
    }

    private async Task<(BackupManifest, IReadOnlyList<string>)> CollectAsync(BackupFolder parts, string? passphrase, CancellationToken ct)
    {
        var (began, copies) = (time.GetUtcNow(), ChosenStore.Copies(folders, settings.Store));
        await SayAsync(copies.CopyAsync(parts.Store, ct), () => $"Copying the store: {Words(parts.Size)}");
        // From the disk, not from memory: a server that was started meanwhile may have said something else.
        await PutAsync(parts, BackupFolder.Settings, await File.ReadAllBytesAsync(folders.Settings, ct), ct);
        if (settings.Policy == PolicyInUse.Own) await PutAsync(parts, BackupFolder.Policy, await File.ReadAllBytesAsync(folders.Policy, ct), ct);
        if (passphrase is not null) await PutAsync(parts, BackupFolder.Keys, KeyBackup.Write(folders, passphrase), ct);
        using var keys = new LogKeyFiles(folders).Load(settings.LogOrigin);
        var verifiers = keys.Verifiers;
        var reading = Task.Run(() => BackupCheck.RunAsync(copies, parts, verifiers, ct), ct);
        await SayAsync(reading, () => "Reading the copy again");
        var found = await reading;
        return (Manifest(found, began, verifiers), found.Faults);
    }

    private BackupManifest Manifest(CheckedStore found, DateTimeOffset began, IEnumerable<VerifierKey> keys) => new()
    {
        Format = BackupManifest.PresentFormat,
        Program = BackupManifest.ThisProgram,
        MadeAt = began,
        Store = settings.Store,
        Schema = found.Schema,
        Entries = found.Entries,
        Checkpoint = found.Checkpoint,
        LogKeys = [.. keys.Select(key => key.ToString())],
        People = found.Counts.People,
        Devices = found.Counts.Devices,
        Reports = found.Counts.Reports,
        Parts = [],
    };

    private Task SayAsync(Task work, Func<string> state) => LongWork.TellAsync(work, state, error, time);

    private static async Task PutAsync(BackupFolder parts, string name, byte[] content, CancellationToken ct)
    {
        await using var file = parts.Create(name);
        await file.WriteAsync(content, ct);
    }

    private static string Words(long bytes) => $"{bytes >> 20} MiB so far";
}
