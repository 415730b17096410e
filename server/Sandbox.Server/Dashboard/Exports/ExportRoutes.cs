using System.Security.Claims;
using Sandbox.Server.Dashboard.Shell;
using Sandbox.Server.Export;
using Sandbox.Server.People;

namespace Sandbox.Server.Dashboard.Exports;

/// <summary>The audit bundle: everybody takes their own record home; admins, mentors and auditors anybody's.</summary>
internal static class ExportRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/export", async (string? person, ClaimsPrincipal user, ExportReader reader, CancellationToken ct) =>
            await FormAsync(Viewer.Of(user), ExportForm.About(person), reader, ct));
        routes.MapPost("/export", MakeAsync);
    }

    private static async Task<IResult> FormAsync(Viewer viewer, ExportForm form, ExportReader reader, CancellationToken ct, string? fault = null) =>
        Page.Of<ExportPage>(new { Model = await reader.ReadAsync(viewer, ct), Viewer = viewer, Form = form, Fault = fault }, fault is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);

    private static async Task<IResult> MakeAsync(IFormCollection sent, HttpContext http, BundleExport export, ExportTurns turns, ExportReader reader, TimeProvider time, CancellationToken ct)
    {
        var (viewer, form) = (Viewer.Of(http.User), ExportForm.Of(sent));
        try
        {
            var turn = turns.TryTake(viewer.PersonId, out var busy) ?? throw new SetupException(busy!);
            http.Response.RegisterForDispose(turn);
            var bundle = await export.MakeAsync(form.Scope(viewer), viewer.PersonId, ct);
            http.Response.RegisterForDispose(bundle);
            return TypedResults.PhysicalFile(await bundle.ToFileAsync(ct), "application/zip", BundleExport.FileName(time));
        }
        catch (SetupException fault)
        {
            return await FormAsync(viewer, form, reader, ct, fault.Message);
        }
    }
}
