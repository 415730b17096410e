using Microsoft.AspNetCore.Http.Features;

namespace Sandbox.Server.Dashboard.Shell;

/// <summary>
/// Answers what is larger than the server takes with 413 and its page. It is read to its end first, and thrown away: a browser that is cut off while it sends
/// says that the connection broke, and never shows the answer.
/// </summary>
internal static class TooLarge
{
    /// <summary>Nobody chooses a larger file by mistake; from there on the connection is cut.</summary>
    private const long MostRead = 2_000_000_000;

    /// <summary>The step of the pipeline; goes after authorisation and before whatever reads forms.</summary>
    public static async Task AnswerAsync(HttpContext http, RequestDelegate next)
    {
        var limit = http.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (limit is not { IsReadOnly: false, MaxRequestBodySize: { } most } || http.Request.ContentLength is not { } length || length <= most || http.User.Identity?.IsAuthenticated != true)
        {
            await next(http);
            return;
        }
        if (length <= MostRead)
        {
            limit.MaxRequestBodySize = null;
            await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
        }
        http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
    }
}
