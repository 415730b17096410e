using Sandbox.Protocol;
using Sandbox.Server.People;
using Sandbox.Storage.People;

namespace Sandbox.Server.Dashboard.Access;

/// <summary>Notes which records an auditor opens, before they are shown.</summary>
internal static class AuditorLooks
{
    private static readonly PathString[] Records = ["/competencies", "/evidence", "/assignments", "/devices", "/people", "/log"];

    /// <summary>The step of the pipeline; goes after authorisation.</summary>
    public static async Task NoteAsync(HttpContext http, RequestDelegate next)
    {
        var path = http.Request.Path;
        if (http.GetEndpoint() is not null && HttpMethods.IsGet(http.Request.Method) && http.User.IsInRole(Roles.Auditor) && Records.Any(record => path.StartsWithSegments(record)))
            await http.RequestServices.GetRequiredService<LookUps>().NoteAsync(Viewer.Of(http.User), path.Value!, Person(http), Device(http), http.RequestAborted);
        await next(http);
    }

    private static Guid? Person(HttpContext http)
    {
        var path = http.Request.Path;
        var named = path.StartsWithSegments("/competencies") || path.StartsWithSegments("/people") ? http.GetRouteValue("id")?.ToString() : http.Request.Query["person"].ToString();
        return Guid.TryParse(named, out var person) ? person : null;
    }

    private static DeviceId? Device(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/devices") && DeviceId.TryParse(http.GetRouteValue("id")?.ToString() ?? "", out var device) ? device : null;
}
