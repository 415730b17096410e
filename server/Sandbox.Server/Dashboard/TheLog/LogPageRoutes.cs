using System.Security.Claims;
using Sandbox.Server.Dashboard.Shell;
using Sandbox.Server.People;

namespace Sandbox.Server.Dashboard.TheLog;

/// <summary>The page of the evidence log; the raw files for strangers lie below it.</summary>
internal static class LogPageRoutes
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/log", async (
        string? kind, string? page, ClaimsPrincipal user, HttpContext http, LogReader log, CancellationToken ct) => Page.Of<LogPage>(
            new { Model = await log.ReadAsync(LogFilter.Of(kind, page), ct), Viewer = Viewer.Of(user), Host = http.Request.Host.Value })).RequireAuthorization(Policies.SeeEverything);
}
