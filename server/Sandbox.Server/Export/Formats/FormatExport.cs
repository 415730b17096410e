using Sandbox.Ledger.Bundle;
using Sandbox.Storage;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Export.Formats;

/// <summary>One document for another system, without a bundle around it. The log tells of it, and which it is, before there is a file; only the bare schedule tells of nobody.</summary>
internal sealed class FormatExport(SandboxDb db, ILogStore log, ExportEntry entry, Exchange exchange)
{
    /// <summary>Makes it.</summary>
    /// <param name="format">Which.</param>
    /// <param name="scope">What is disclosed.</param>
    /// <param name="by">Who asked for it. Null: the command line.</param>
    /// <param name="ct">Ends the work; an export that was logged stays logged.</param>
    /// <exception cref="SetupException">There is nothing of that in the scope, it is not one person's, or somebody was erased meanwhile.</exception>
    public async Task<byte[]> MakeAsync(ExchangeFormat format, ExportScope scope, Guid? by, CancellationToken ct)
    {
        if (format == ExchangeFormat.Case) return exchange.CaseDocument();
        var erased = await entry.ErasuresAsync(ct);
        var size = (await log.HeadAsync(exchange.Site.Origin, ct)).Size;
        var folder = Directory.CreateTempSubdirectory("sandbox-export-");
        try
        {
            var read = await ReadScope.OfAsync(db, scope, size, exchange.Site, folder.FullName, ct);
            var made = await exchange.OneAsync(format, read, ct);
            // What was read before it may hold what is erased now.
            if (await entry.ErasuresAsync(ct) != erased) throw ExportEntry.ErasedMeanwhile();
            // As if it were a bundle's only document.
            var name = format.ToString().ToLowerInvariant();
            var sums = await Sha256Sums.OfAsync([BundleDocument.Of(name, made)], ct);
            var said = scope.Said(Guid.NewGuid(), sums.Hash, size, by);
            said.Format = name;
            await entry.SayAsync(said, ct);
            return made;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
