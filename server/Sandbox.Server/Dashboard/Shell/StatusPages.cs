using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Sandbox.Server.People;

namespace Sandbox.Server.Dashboard.Shell;

/// <summary>Friendly pages for what is refused, missing or broken; programs that did not ask for HTML get the bare status.</summary>
internal static class StatusPages
{
    /// <summary>Gives an empty error answer its page.</summary>
    public static Task ShowAsync(StatusCodeContext status) => WriteAsync(status.HttpContext, status.HttpContext.Response.StatusCode);

    /// <summary>Answers for an exception that nobody caught; the log has it under the reference.</summary>
    public static Task ShowFaultAsync(HttpContext http) => WriteAsync(http, StatusCodes.Status500InternalServerError);

    /// <summary>Signed in, but not allowed.</summary>
    public static Task ShowForbiddenAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return WriteAsync(http, StatusCodes.Status403Forbidden);
    }

    private static Task WriteAsync(HttpContext http, int status)
    {
        if (!http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal)) return Task.CompletedTask;
        var (title, text) = Words(status);
        var reference = status >= StatusCodes.Status500InternalServerError ? Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier : null;
        // A page of its own kind would read the store again for who is there; after a fault that may be what broke.
        var viewer = status < StatusCodes.Status500InternalServerError && http.User.Identity?.IsAuthenticated == true ? Viewer.Of(http.User) : null;
        return Page.Of<MessagePage>(new { Title = title, Text = text, Status = status, Reference = reference, Viewer = viewer }, status).ExecuteAsync(http);
    }

    private static (string Title, string Text) Words(int status) => status switch
    {
        400 => ("This form has expired", "It was open too long, or in another session, or a file in it is larger than 20 MB. Go back, reload the page and send it again."),
        403 => ("Not for your role", "You are signed in, but your role does not allow this page. An admin can change roles."),
        404 => ("Not found", "There is no such page, or it is not for you."),
        413 => ("Too large", "What you sent is larger than the server takes: of a file at most 20 MB. Nothing was kept. Go back, where what you typed still stands, and choose a smaller file."),
        429 => ("Too many tries", "Wait a minute, then try again."),
        >= 500 => ("Something broke", "The fault is ours and it is in the server's log. Reload the page; if it stays, tell an admin the reference below."),
        _ => ("That did not work", "The server refused this request."),
    };
}
