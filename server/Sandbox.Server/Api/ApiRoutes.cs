using System.Security.Claims;
using Sandbox.Server.Export;
using Sandbox.Server.People;
using Sandbox.Storage;

namespace Sandbox.Server.Api;

/// <summary>The evidence log as JSON over HTTPS, for programs with a token: what the gRPC service Evidence serves.</summary>
internal static class ApiRoutes
{
    /// <summary>The first steps of every address.</summary>
    public const string Root = "/api/v1";

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(Root).RequireAuthorization(Policies.ReadByToken);
        api.MapGet("/entries", ReadAsync);
        api.MapGet("/entries/{index:long:min(0)}", OneAsync);
        api.MapGet("/bundle", BundleAsync);
    }

    private static async Task<IResult> ReadAsync([AsParameters] EntryQuery query, ClaimsPrincipal user, EntryFeed feed, OpenReadings open, LookUps looks, SandboxDb db, CancellationToken ct)
    {
        var (viewer, token) = (Viewer.Of(user), TokenOf(user));
        try
        {
            var filter = (await query.FilterAsync(db, ct)).For(viewer);
            if (open.TryOpen(token) is not { } reading)
                return Problem.Of(StatusCodes.Status429TooManyRequests, $"{OpenReadings.MostOfOne} readings of this token are open: close one first.");
            await looks.NoteAsync(viewer, $"{Root}/entries", filter.Scope.Person, filter.Scope.Device, ct);
            return new EntryLines(feed.ReadAsync(filter, token, viewer, ct), reading);
        }
        catch (SetupException fault)
        {
            return Problem.Of(StatusCodes.Status400BadRequest, fault.Message);
        }
    }

    private static async Task<IResult> OneAsync(long index, ClaimsPrincipal user, EntryFeed feed, LookUps looks, CancellationToken ct)
    {
        var viewer = Viewer.Of(user);
        if (await feed.OneAsync(index, viewer, ct) is not { } entry)
            return Problem.Of(StatusCodes.Status404NotFound, $"There is no entry {index} under a checkpoint, or it is not for you.");
        await looks.NoteAsync(viewer, $"{Root}/entries", entry.PersonId, entry.DeviceId, ct);
        return Results.Bytes(EntryJson.Of(entry, indented: true), "application/json");
    }

    private static async Task<IResult> BundleAsync([AsParameters] EntryQuery query, HttpContext http, BundleExport export, ExportTurns turns, SandboxDb db, TimeProvider time, CancellationToken ct)
    {
        var viewer = Viewer.Of(http.User);
        try
        {
            if (query.HasMoreThanScope) throw new SetupException("A bundle is chosen by person, device, line, from and until alone.");
            var scope = (await query.FilterAsync(db, ct)).For(viewer).Scope;
            using var turn = turns.Take(viewer.PersonId);
            var bundle = await export.MakeAsync(scope, viewer.PersonId, ct);
            http.Response.RegisterForDispose(bundle);
            return TypedResults.PhysicalFile(await bundle.ToFileAsync(ct), "application/zip", BundleExport.FileName(time));
        }
        catch (SetupException fault)
        {
            return Problem.Of(StatusCodes.Status400BadRequest, fault.Message);
        }
    }

    private static Guid TokenOf(ClaimsPrincipal user) => Guid.Parse(user.FindFirstValue(TokenScheme.TokenId)!);
}
