using Microsoft.Extensions.Primitives;

namespace Sandbox.Server.Dashboard.Assets;

/// <summary>Serves the assets to everybody: the sign-in page needs them.</summary>
internal static class AssetRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var asset in EmbeddedAsset.ByName.Values)
            routes.MapGet($"/{asset.Name}", (HttpContext http) => SendAsync(http, asset)).AllowAnonymous();
    }

    private static async Task SendAsync(HttpContext http, EmbeddedAsset asset)
    {
        var response = http.Response;
        var (encoding, body) = Choose(http.Request.Headers.AcceptEncoding, asset);
        response.Headers.ETag = $"\"{asset.Version}-{encoding ?? "plain"}\"";
        response.Headers.Vary = "Accept-Encoding";
        response.Headers.CacheControl = http.Request.Query["v"] == asset.Version ? "public, max-age=31536000, immutable" : "no-cache";
        if (http.Request.Headers.IfNoneMatch == response.Headers.ETag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = asset.ContentType;
        response.ContentLength = body.Length;
        if (encoding is not null) response.Headers.ContentEncoding = encoding;
        await response.Body.WriteAsync(body, http.RequestAborted);
    }

    private static (string? Encoding, byte[] Body) Choose(StringValues accepted, EmbeddedAsset asset)
    {
        var names = accepted.ToString().Split(',', StringSplitOptions.TrimEntries);
        if (names.Any(name => name.StartsWith("br", StringComparison.Ordinal))) return ("br", asset.Brotli);
        return names.Any(name => name.StartsWith("gzip", StringComparison.Ordinal)) ? ("gzip", asset.Gzip) : (null, asset.Plain);
    }
}
