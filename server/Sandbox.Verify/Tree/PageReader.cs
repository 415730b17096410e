using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Sandbox.Ledger;
using Sandbox.Verify.Files;

namespace Sandbox.Verify.Tree;

/// <summary>Reads the leaves ahead of who checks them: one thread unpacks, others hash and read what was unpacked.</summary>
internal static class PageReader
{
    // Pages on the way, which bounds the memory: a page has some hundred kilobytes.
    private const int Ahead = 8;

    // Of an entry in a bundle, with its length. Our leaves have up to 360 bytes: what is much longer is none.
    private const int MostEntryBytes = 1024;

    /// <summary>The pages in order, each with its path. A page that cannot be read fails when it is awaited, and is the last one.</summary>
    public static async IAsyncEnumerable<(TilePath Path, Task<Page> Page)> ReadAsync(IBundleFiles files, long size, [EnumeratorCancellation] CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var pages = Channel.CreateBounded<(TilePath, Task<Page>)>(Ahead);
        var reading = Task.Run(() => FillAsync(pages.Writer, files, size, stop.Token), ct);
        try
        {
            await foreach (var page in pages.Reader.ReadAllAsync(ct)) yield return page;
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
        }
    }

    private static async Task FillAsync(ChannelWriter<(TilePath, Task<Page>)> pages, IBundleFiles files, long size, CancellationToken ct)
    {
        try
        {
            for (var first = 0L; first < size; first += Tile.Width)
            {
                var path = new TilePath(null, first / Tile.Width, (int)Math.Min(size - first, Tile.Width));
                var bundle = files.ReadAsync(path.ToString(), path.Width * MostEntryBytes, ct);
                await ((Task)bundle).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await pages.WriteAsync((path, Task.Run(async () => Page.Of(path, await bundle), CancellationToken.None)), ct);
                if (!bundle.IsCompletedSuccessfully) break;
            }
            pages.Complete();
        }
        catch (OperationCanceledException)
        {
            // Nobody reads on.
        }
    }
}
