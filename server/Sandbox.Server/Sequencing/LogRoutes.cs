using Microsoft.Net.Http.Headers;
using Sandbox.Ledger;
using Sandbox.Server.Live;
using Sandbox.Server.Pki;
using Sandbox.Storage.Log;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Sequencing;

/// <summary>
/// The evidence log for everybody (C2SP tlog-tiles below <c>/log</c>): leaves are opaque, so nobody has to sign in. A full tile never changes.
/// </summary>
internal static class LogRoutes
{
    private const string Forever = "public, max-age=31536000, immutable";
    private const string ForADay = "public, max-age=86400";
    private const string ForAMinute = "public, max-age=60";
    private const string Text = "text/plain; charset=utf-8";
    private const string Binary = "application/octet-stream";

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        var log = app.MapGroup("/log").AllowAnonymous();
        log.MapGet("/checkpoint", (CosignedCheckpoint newest, HttpResponse response) => newest.Current is { } checkpoint
            ? Fresh(response, checkpoint.Note)
            : Results.Text("There is no checkpoint yet: nothing was logged.\n", Text, statusCode: StatusCodes.Status404NotFound));
        log.MapGet("/key", (LogKeys keys, HttpResponse response) =>
            Fresh(response, System.Text.Encoding.UTF8.GetBytes(string.Concat(keys.Signing.Select(key => $"{key.Verifier}\n")))));
        log.MapGet("/tile/{**path}", TileAsync);
        log.MapGet("/proof/{index:long:min(0)}", ProofAsync);
        log.MapGet("/handovers/{id}", (string id, Handovers handovers) => handovers.Find(id) is { } note
            ? Results.Bytes(note, Text)
            : Results.Text($"No key {id} of this log has ended.\n", Text, statusCode: StatusCodes.Status404NotFound));
    }

    private static IResult Fresh(HttpResponse response, byte[] text)
    {
        response.Headers.CacheControl = "no-cache";
        return Results.Bytes(text, Text);
    }

    // It is as good under an older checkpoint as under the newest: it may be kept for a while.
    private static Task<IResult> ProofAsync(long index, CosignedCheckpoint newest, ILogStore store, HttpResponse response, CancellationToken ct) => InWordsAsync(async () =>
    {
        if (newest.Current is not { } checkpoint || index >= checkpoint.Size)
            return Results.Text($"Entry {index} does not stand under a checkpoint yet.\n", Text, statusCode: StatusCodes.Status404NotFound);
        var path = await new TreeReader(checkpoint.Size, store.TileAsync).InclusionAsync(index, ct);
        response.Headers[HeaderNames.CacheControl] = ForAMinute;
        return Results.File(new TlogProof(index, path, checkpoint.Note).ToBytes(), Text, $"{index}.tlog-proof");
    });

    private static Task<IResult> TileAsync(string path, ILogStore store, HttpResponse response, CancellationToken ct) => InWordsAsync(async () =>
    {
        try
        {
            var tile = TilePath.Parse("tile/" + path);
            var bytes = tile.Level is { } level ? await HashesAsync(store, level, tile, ct) : await EntriesAsync(store, tile, ct);
            if (bytes is null) return Results.Text($"The log has not grown as far as {tile}.\n", Text, statusCode: StatusCodes.Status404NotFound);
            response.Headers[HeaderNames.CacheControl] = tile.IsFull ? Forever : ForADay;
            return Results.Bytes(bytes, Binary);
        }
        catch (FormatException fault)
        {
            return Results.Text(fault.Message + "\n", Text, statusCode: StatusCodes.Status400BadRequest);
        }
    });

    private static async Task<IResult> InWordsAsync(Func<Task<IResult>> answer)
    {
        try
        {
            return await answer();
        }
        catch (InvalidDataException damage)
        {
            return Results.Text($"The log's tiles are damaged: {damage.Message}\n", Text, statusCode: StatusCodes.Status500InternalServerError);
        }
        catch (StoreUnavailableException)
        {
            return Results.Text("The database does not answer now; try again.\n", Text, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static async Task<byte[]?> HashesAsync(ILogStore store, int level, TilePath tile, CancellationToken ct)
    {
        var (hashes, length) = (await store.TileAsync(level, tile.Index, ct), tile.Width * MerkleHash.Length);
        return hashes?.Length >= length ? hashes[..length] : null;
    }

    private static async Task<byte[]?> EntriesAsync(ILogStore store, TilePath tile, CancellationToken ct)
    {
        if (tile.Index > long.MaxValue / Tile.Width - 1) return null;
        var leaves = await store.LeavesAsync(tile.Index * Tile.Width, tile.Width, ct);
        return leaves.Count == tile.Width ? EntryBundle.Write(leaves) : null;
    }
}
