using Sandbox.Ledger;
using Sandbox.Ledger.Bundle;
using Sandbox.Server.Export.Formats;
using Sandbox.Server.Pki;
using Sandbox.Server.Sequencing;
using Sandbox.Storage;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Export;

/// <summary>
/// Makes an audit bundle: the documents first; then an entry of the log that commits to them, so that not a letter of the schedule can be altered
/// afterwards; and when a signed checkpoint covers that entry, the whole as a zip.
/// </summary>
internal sealed class BundleExport(SandboxDb db, ILogStore log, LogKeys keys, Handovers handovers, ExportEntry entry, Exchange exchange)
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
        var erased = await entry.ErasuresPlacedAsync(ct);
        var size = (await log.HeadAsync(keys.Origin, ct)).Size;
        var folder = Directory.CreateTempSubdirectory("sandbox-export-");
        try
        {
            var read = await ReadScope.OfAsync(db, scope, size, exchange.Site, folder.FullName, ct);
            var documents = await DocumentsAsync(read, folder.FullName, ct);
            // What is erased in between is shown as such, and the entry that says so is not among those that were looked at.
            if (await entry.ErasuresPlacedAsync(ct) != erased) throw ExportEntry.ErasedMeanwhile();
            var sums = await Sha256Sums.OfAsync(documents, ct);
            var row = await entry.SayAsync(scope.Said(Guid.NewGuid(), sums.Hash, size, by), ct);
            var (export, checkpoint) = await entry.CoveredAsync(row, ct);
            var contents = new BundleContents
            {
                Checkpoint = checkpoint, Documents = documents, Export = DisclosedEntries.Of(export), Tiles = log.TileAsync, Leaves = log.LeavesAsync, Handovers = handovers.All(),
            };
            return new MadeBundle(contents, read.Entries.Count, folder);
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    private async Task<IReadOnlyList<BundleDocument>> DocumentsAsync(ReadScope read, string folder, CancellationToken ct)
    {
        var disclosed = Path.Combine(folder, BundlePath.Entries);
        await using (var file = File.Create(disclosed)) await read.Entries.WriteAsync(file, ct);
        var schedules = await ScheduleDocuments.MakeAsync(read, keys.Signing.Select(key => $"{key.Verifier}"));
        return [new BundleDocument(BundlePath.Entries, () => File.OpenRead(disclosed)), .. schedules, .. exchange.Of(read)];
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
