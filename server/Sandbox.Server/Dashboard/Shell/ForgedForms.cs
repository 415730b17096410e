using Microsoft.AspNetCore.Antiforgery;

namespace Sandbox.Server.Dashboard.Shell;

/// <summary>Ends a form that does not come from a page of this server with 400 and its page, before any handler runs.</summary>
internal static class ForgedForms
{
    /// <summary>The step of the pipeline; goes after the one that looks at the forms' tokens, which notes what it found and goes on.</summary>
    public static Task RefuseAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false }) return next(http);
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }
}
