using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;
using Sandbox.Ledger.Bundle;
using Sandbox.Protocol;
using Sandbox.Server.Live;
using Sandbox.Server.Pki;
using Sandbox.Server.Sequencing;
using Sandbox.Storage;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Export;

/// <summary>
/// Makes an audit bundle: the documents first; then an entry of the log that commits to them, so that not a letter of the schedule can be altered
/// afterwards; and when a signed checkpoint covers that entry, the whole as a zip.
/// </summary>
internal sealed class BundleExport(SandboxDb db, ILogStore log, LogKeys keys, Handovers handovers, LogBell bell, TimeProvider time)
{
    /// <summary>What its file is called when nobody said.</summary>
    public static string FileName(TimeProvider time) => $"sandbox-audit-{time.GetUtcNow():yyyy-MM-dd-HHmmss}.zip";

    /// <summary>Makes it.</summary>
    /// <param name="scope">What is disclosed.</param>
    /// <param name="by">Who asked for it. Null: the command line.</param>
    /// <param name="ct">Ends the work; an export that was logged stays logged.</param>
    /// <returns>The bundle, whose files lie in a temporary folder until it is disposed.</returns>
    /// <exception cref="SetupException">There is nothing in the scope, or no checkpoint comes.</exception>
    public async Task<MadeBundle> MakeAsync(ExportScope scope, Guid? by, CancellationToken ct)
    {
        var erased = await ErasuresPlacedAsync(ct);
        var size = (await log.HeadAsync(keys.Origin, ct)).Size;
        var entries = new DisclosedEntries(db, scope, size);
        await entries.ReadAsync(ct);
        if (entries.Count == 0) throw new SetupException("The evidence log has no entry of that: nothing to export. Choose another person, device or period.");
        var folder = Directory.CreateTempSubdirectory("sandbox-export-");
        try
        {
            var documents = await DocumentsAsync(entries, scope, size, folder.FullName, ct);
            // What is erased in between is shown as such, and the entry that says so is not among those that were looked at.
            if (await ErasuresPlacedAsync(ct) != erased) throw new SetupException("A record was erased while this was being exported. Export again.");
            var sums = await Sha256Sums.OfAsync(documents, ct);
            var logged = await LogAsync(scope.Said(Guid.NewGuid(), sums.Hash, size, by), ct);
            bell.Ring();
            var (export, checkpoint) = await new CoveringCheckpoint(db, log, keys, time).OfAsync(logged, ct);
            var contents = new BundleContents
            {
                Checkpoint = checkpoint, Documents = documents, Export = DisclosedEntries.Of(export), Tiles = log.TileAsync, Leaves = log.LeavesAsync, Handovers = handovers.All(),
            };
            return new MadeBundle(contents, entries.Count, folder);
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    private async Task<IReadOnlyList<BundleDocument>> DocumentsAsync(DisclosedEntries entries, ExportScope scope, long size, string folder, CancellationToken ct)
    {
        var disclosed = Path.Combine(folder, BundlePath.Entries);
        await using (var file = File.Create(disclosed)) await entries.WriteAsync(file, ct);
        var schedules = await new ScheduleDocuments(db, scope, [.. keys.Signing.Select(key => $"{key.Verifier}")]).MakeAsync(entries.ForSchedules, size, ct);
        return [new BundleDocument(BundlePath.Entries, () => File.OpenRead(disclosed)), .. schedules];
    }

    // How many erasures there are, all of which have their place: an entry may be shown as erased only beside the one that says so.
    private async Task<int> ErasuresPlacedAsync(CancellationToken ct)
    {
        var erasures = db.LogEntries.Where(x => x.Kind == EntryKind.Erasure);
        for (var began = time.GetTimestamp(); await erasures.AnyAsync(x => x.LeafIndex == null, ct);)
        {
            bell.Ring();
            if (time.GetElapsedTime(began) > CoveringCheckpoint.LongestWait)
                throw new SetupException("An entry about an erasure waits for its place in the evidence log, and what was erased cannot be shown without it. The server gives places: start it with `sandbox-server run` and look with `sandbox-server log status`, then export again.");
            await Task.Delay(CoveringCheckpoint.LookEvery, time, ct);
        }
        return await erasures.CountAsync(ct);
    }

    private async Task<long> LogAsync(BundleExported said, CancellationToken ct)
    {
        var entry = LoggedEntry.New(
            EntryKind.Export, time.GetUtcNow(), new LogBody { Exported = said },
            said.HasDeviceId ? DeviceId.From(said.DeviceId.ToByteArray()) : null, said.HasPersonId ? LogId.From(said.PersonId) : null, LogId.From(said.Id));
        db.LogEntries.Add(entry);
        await db.SaveChangesAsync(ct);
        return entry.Id;
    }
}

/// <summary>A bundle that is made and not written yet.</summary>
/// <param name="contents">What it is made of.</param>
/// <param name="entries">Entries in its scope.</param>
/// <param name="folder">Where its larger files lie.</param>
internal sealed class MadeBundle(BundleContents contents, int entries, DirectoryInfo folder) : IDisposable
{
    /// <summary>Entries in its scope.</summary>
    public int Entries => entries;

    /// <summary>Entries of the whole log.</summary>
    public long Size => Checkpoint.Parse(SignedNote.Parse(contents.Checkpoint).Text).Size;

    /// <summary>Writes the zip.</summary>
    public Task WriteAsync(Stream into, CancellationToken ct) => BundleWriter.WriteAsync(into, contents, ct);

    /// <summary>Writes it beside its files, where it is until this is disposed: a zip ends with a directory that is written at once, which no connection takes.</summary>
    public async Task<string> ToFileAsync(CancellationToken ct)
    {
        var path = Path.Combine(folder.FullName, "bundle.zip");
        await using var into = File.Create(path);
        await WriteAsync(into, ct);
        return path;
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Delete(recursive: true);
}
