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
    private const string Text = "text/plain; charset=utf-8";
    private const string Binary = "application/octet-stream";

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        var log = app.MapGroup("/log").AllowAnonymous();
        log.MapGet("/checkpoint", (NewestCheckpoint newest, HttpResponse response) => newest.Current is { } checkpoint
            ? Fresh(response, checkpoint.Note)
            : Results.Text("There is no checkpoint yet: nothing was logged.\n", Text, statusCode: StatusCodes.Status404NotFound));
        log.MapGet("/key", (LogKeys keys, HttpResponse response) =>
            Fresh(response, System.Text.Encoding.UTF8.GetBytes(string.Concat(keys.Signing.Select(key => $"{key.Verifier}\n")))));
        log.MapGet("/tile/{**path}", TileAsync);
    }

    private static IResult Fresh(HttpResponse response, byte[] text)
    {
        response.Headers.CacheControl = "no-cache";
        return Results.Bytes(text, Text);
    }

    private static async Task<IResult> TileAsync(string path, ILogStore store, HttpResponse response, CancellationToken ct)
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
