using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.EndToEnd.Harness;
using Sandbox.Ledger;
using Sandbox.Ledger.Bundle;
using Sandbox.Protocol;
using Sandbox.Storage;
using Sandbox.Storage.Log;
using Sandbox.Storage.Sqlite;

namespace Sandbox.EndToEnd.Strangers;

/// <summary>A bundle of all that a lab's log has, made beside its running server from what that serves.</summary>
internal static class ServedBundle
{
    /// <summary>Logs the export, waits for a checkpoint beyond it, and writes the zip.</summary>
    public static async Task WriteAsync(Lab lab, string zip, CancellationToken ct)
    {
        await using var services = new ServiceCollection().AddSqliteStore(lab.Database).BuildServiceProvider();
        await using var db = await services.GetRequiredService<IDbContextFactory<SandboxDb>>().CreateDbContextAsync(ct);
        var entries = await db.LogEntries.AsNoTracking().Where(entry => entry.LeafIndex != null).OrderBy(entry => entry.LeafIndex).ToListAsync(ct);
        BundleDocument[] documents = [BundleDocument.Of(BundlePath.Entries, [.. entries.SelectMany(entry => (byte[])[.. Disclosed(entry).ToBytes(), (byte)'\n'])])];
        var said = new BundleExported { Id = ByteString.CopyFrom(new byte[16]), Sums = ByteString.CopyFrom((await Sha256Sums.OfAsync(documents, ct)).Hash), Size = (ulong)entries.Count };
        var export = LoggedEntry.New(EntryKind.Export, TimeProvider.System.GetUtcNow(), new LogBody { Exported = said });
        db.LogEntries.Add(export);
        await db.SaveChangesAsync(ct);
        var note = await lab.GrowLogAsync(1, ct);
        var size = Checkpoint.Parse(SignedNote.Parse(note).Text).Size;
        await using var into = File.Create(zip);
        await BundleWriter.WriteAsync(into, new BundleContents
        {
            Checkpoint = note,
            Tiles = async (level, index, token) => await lab.LogAsync(TilePath.OfTree(size).First(path => path.Level == level && path.Index == index).ToString(), token),
            Leaves = async (first, count, token) => EntryBundle.Read(await lab.LogAsync(new TilePath(null, first / Tile.Width, count).ToString(), token)),
            Documents = documents,
            Export = Disclosed(await db.LogEntries.AsNoTracking().SingleAsync(entry => entry.Id == export.Id, ct)),
        }, ct);
    }

    private static DisclosedEntry Disclosed(LoggedEntry entry) => new(entry.LeafIndex!.Value, entry.Salt, entry.Body);
}
