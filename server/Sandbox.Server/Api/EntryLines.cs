using Microsoft.Net.Http.Headers;
using Sandbox.Server.Export;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Api;

/// <summary>Entries as lines of JSON, each as <see cref="EntryJson"/> has it; an empty line says that nothing came for a while.</summary>
internal sealed class EntryLines(IAsyncEnumerable<LoggedEntry?> entries, IDisposable reading) : IResult
{
    private const string Type = "application/x-ndjson";

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var open = reading;
        var (response, ct) = (httpContext.Response, httpContext.RequestAborted);
        response.ContentType = Type;
        response.Headers[HeaderNames.CacheControl] = "no-store";
        // Who follows knows at once that they are let in, and not with the first entry.
        await response.StartAsync(ct);
        await response.Body.FlushAsync(ct);
        try
        {
            await foreach (var entry in entries.WithCancellation(ct))
            {
                if (entry is not null) await response.Body.WriteAsync(EntryJson.Of(entry), ct);
                await response.Body.WriteAsync("\n"u8.ToArray(), ct);
                await response.Body.FlushAsync(ct);
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or LostRightsException)
        {
            // What ends in the middle must not look like the end: the program goes on after the last index that it has.
            httpContext.Abort();
        }
    }
}
