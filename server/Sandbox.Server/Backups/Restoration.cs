using System.Globalization;
using System.Text;
using Sandbox.Ledger;
using Sandbox.Server.Hosting;
using Sandbox.Server.Pki;

namespace Sandbox.Server.Backups;

/// <summary>
/// Puts a backup in place. Everything is read first, and put together in a folder beside, which takes the place of the server's folder by a rename at last:
/// killed before that, nothing has changed. The folder that was there is put aside and never deleted.
/// </summary>
internal sealed class Restoration(ServerFolders folders, RestoreChoices choices, TextWriter error, TimeProvider time)
{
    private const string Lock = "server.lock";

    private bool IsEmpty => Directory.EnumerateFileSystemEntries(folders.Root).All(path => Path.GetFileName(path) == Lock);

    /// <summary>Does it.</summary>
    /// <exception cref="SetupException">Something is to be put right first; nothing was changed.</exception>
    /// <exception cref="Storage.StoreUnusableException">The database cannot take it; nothing was changed.</exception>
    public async Task<Restored> RunAsync(CancellationToken ct)
    {
        using var alone = ServerLock.Take(folders);
        try
        {
            if (!IsEmpty && !choices.Force)
                throw new SetupException($"{folders.Root} holds a server already. Nothing was changed. To put the backup in its place and that folder aside: --force. Or name another folder with --data DIR.");
            using var parts = new BackupFolder(folders.Root + ".restoring");
            var read = await BackupReading.OpenAsync(choices.File, parts, error, time, ct);
            if (read.Manifest is not { } manifest) return new Restored(null, read.Faults);
            var staged = new ServerFolders(parts.PathOf("data"));
            var restored = await StageAsync(manifest, parts, staged, ct);
            alone.Dispose();
            return restored with { PutAside = Swap(staged) };
        }
        finally
        {
            alone.Dispose();
            if (Directory.Exists(folders.Root) && IsEmpty) Directory.Delete(folders.Root, recursive: true);
        }
    }

    private async Task<Restored> StageAsync(BackupManifest manifest, BackupFolder parts, ServerFolders staged, CancellationToken ct)
    {
        DurableFile.MakeFolder(staged.Root);
        File.Move(parts.PathOf(BackupFolder.Settings), staged.Settings);
        var settings = Settings(ServerSettings.Load(staged)!);
        settings.Save(staged);
        if (File.Exists(parts.PathOf(BackupFolder.Policy))) DurableFile.Write(staged.Policy, File.ReadAllBytes(parts.PathOf(BackupFolder.Policy)), DurableFile.Secret);
        await StageKeysAsync(manifest, parts, staged, ct);
        var newer = StageCheckpoint(manifest, staged);
        // The only thing that is not undone by a folder that goes: after all that could be refused.
        var putting = ChosenStore.Copies(staged, settings.Store).PutBackAsync(parts.Store, ct);
        await LongWork.TellAsync(putting, () => "Filling the store", error, time);
        FolderSync.Flush(staged.Root);
        return new Restored(manifest, []) { Settings = settings, Newer = newer, HasKeys = File.Exists(staged.LogKey) };
    }

    private ServerSettings Settings(ServerSettings kept)
    {
        var store = choices.Store is { } typed ? ChosenStore.Named(typed) : kept.Store;
        if (!ChosenStore.AreOfOneKind(store, kept.Store))
            throw new SetupException($"This is a backup of {kept.Store}: it cannot be put into {store}. Leave --store away, or name another database of the same kind.");
        return kept with { Store = store, Host = choices.Host is { } host ? ServerChoices.HostNamed(host) : kept.Host };
    }

    private async Task StageKeysAsync(BackupManifest manifest, BackupFolder parts, ServerFolders staged, CancellationToken ct)
    {
        if (manifest.HasKeys)
        {
            KeyBackup.PutBack(staged, BackupKeys.Open(parts, manifest, await choices.PassphraseAsync(ct)));
            return;
        }
        if (!File.Exists(folders.LogKey)) return;
        // In place, and the backup has none: those of the machine stay, if they are this lab's.
        DurableFile.MakeFolder(staged.Pki);
        foreach (var path in Directory.GetFiles(folders.Pki)) File.Copy(path, Path.Combine(staged.Pki, Path.GetFileName(path)));
        FolderSync.Flush(staged.Pki);
        var present = manifest.Verifiers[0];
        using var keys = new LogKeyFiles(staged).LoadOrCreate(present.Name);
        if (!keys.Verifiers.Any(key => key.ToString() == present.ToString()))
            throw new SetupException($"The keys in {folders.Pki} are not those of this backup, whose log has the key {present}. Nothing was changed. Put the right ones back first, with: sandbox-server keys restore FILE");
    }

    // The checkpoint that this machine showed, if the backup does not know of it. Null: the backup knows all.
    private Checkpoint? StageCheckpoint(BackupManifest manifest, ServerFolders staged)
    {
        var its = manifest.Checkpoint is { } note ? Encoding.UTF8.GetBytes(note) : null;
        var shown = ShownBefore.Find(folders, manifest.Verifiers, out var bytes);
        var isNewer = shown is not null && (its is null || shown.Size > Checkpoint.Parse(SignedNote.Parse(its).Text).Size);
        if ((isNewer ? bytes : its) is { } kept) DurableFile.Write(staged.ShownCheckpoint, kept, DurableFile.Open);
        return isNewer ? shown : null;
    }

    // Where the folder is that was there. Null: there was none.
    private string? Swap(ServerFolders staged)
    {
        string? aside = null;
        if (IsEmpty) Directory.Delete(folders.Root, recursive: true);
        else Directory.Move(folders.Root, aside = string.Create(CultureInfo.InvariantCulture, $"{folders.Root}.before-{time.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}"));
        Directory.Move(staged.Root, folders.Root);
        FolderSync.Flush(Path.GetDirectoryName(folders.Root)!);
        return aside;
    }
}

/// <summary>What was asked for.</summary>
/// <param name="File">The backup.</param>
/// <param name="Store">The store to put the data into, as typed. Null: the one that it came from.</param>
/// <param name="Host">The name of this machine for others, as typed. Null: the one of the backup.</param>
/// <param name="Force">Whether a server that is there may be put aside.</param>
/// <param name="PassphraseAsync">Asks for what opens the keys.</param>
internal sealed record RestoreChoices(string File, string? Store, string? Host, bool Force, Func<CancellationToken, Task<string>> PassphraseAsync);

/// <summary>What became of it.</summary>
/// <param name="Manifest">What was put in place. Null: nothing, since the backup is not whole.</param>
/// <param name="Faults">What is wrong with it, in words.</param>
internal sealed record Restored(BackupManifest? Manifest, IReadOnlyList<string> Faults)
{
    /// <summary>The server's settings from now on.</summary>
    public ServerSettings? Settings { get; init; }

    /// <summary>Whether the keys are in place.</summary>
    public bool HasKeys { get; init; }

    /// <summary>A checkpoint that this machine showed and that the backup does not know of. Null: none.</summary>
    public Checkpoint? Newer { get; init; }

    /// <summary>Where the folder is that was there before. Null: there was none.</summary>
    public string? PutAside { get; init; }
}
