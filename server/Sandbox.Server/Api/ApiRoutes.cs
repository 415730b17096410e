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
        api.MapGet("/{**rest}", () => Problem.Of(StatusCodes.Status404NotFound, $"There is no such address: {Root}/entries, {Root}/entries/INDEX from 0 on, or {Root}/bundle."));
    }

    private static async Task<IResult> ReadAsync([AsParameters] EntryQuery query, HttpContext http, EntryFeed feed, OpenReadings open, SandboxDb db, CancellationToken ct)
    {
        var token = TokenOf(http.User);
        try
        {
            EntryQuery.RequireKnown(http.Request.Query);
            var reading = new Reading(token, await query.FilterAsync(db, Viewer.Of(http.User), ct), $"{Root}/entries");
            return open.TryOpen(token) is { } place
                ? new EntryLines(feed.ReadAsync(reading, ct), place)
                : Problem.Of(StatusCodes.Status429TooManyRequests, $"{OpenReadings.MostOfOne} readings of this token are open: close one first.");
        }
        catch (SetupException fault)
        {
            return Problem.Of(StatusCodes.Status400BadRequest, fault.Message);
        }
    }

    private static async Task<IResult> OneAsync(long index, ClaimsPrincipal user, EntryFeed feed, CancellationToken ct)
    {
        if (await feed.OneAsync(index, Viewer.Of(user), $"{Root}/entries", ct) is not { } entry)
            return Problem.Of(StatusCodes.Status404NotFound, $"There is no entry {index} under a checkpoint, or it is not for you.");
        return Results.Bytes(EntryJson.Of(entry, indented: true), "application/json");
    }

    private static async Task<IResult> BundleAsync([AsParameters] EntryQuery query, HttpContext http, BundleExport export, ExportTurns turns, SandboxDb db, TimeProvider time, CancellationToken ct)
    {
        var viewer = Viewer.Of(http.User);
        try
        {
            EntryQuery.RequireKnown(http.Request.Query);
            if (query.HasMoreThanScope) throw new SetupException("A bundle is chosen by person, device, line, from and until alone.");
            var scope = (await query.FilterAsync(db, viewer, ct)).For(viewer).Scope;
            if (turns.TryTake(viewer.PersonId, out var busy) is not { } turn) return Problem.Of(StatusCodes.Status429TooManyRequests, busy!);
            http.Response.RegisterForDispose(turn);
            return await MakeAsync(scope, http, export, time, ct);
        }
        catch (SetupException fault)
        {
            return Problem.Of(StatusCodes.Status400BadRequest, fault.Message);
        }
    }

    // What stands in the way is the state of the log, and not what was asked.
    private static async Task<IResult> MakeAsync(ExportScope scope, HttpContext http, BundleExport export, TimeProvider time, CancellationToken ct)
    {
        try
        {
            var bundle = await export.MakeAsync(scope, Viewer.Of(http.User).PersonId, ct);
            http.Response.RegisterForDispose(bundle);
            return TypedResults.PhysicalFile(await bundle.ToFileAsync(ct), "application/zip", BundleExport.FileName(time));
        }
        catch (SetupException fault)
        {
            return Problem.Of(StatusCodes.Status409Conflict, fault.Message);
        }
    }

    private static Guid TokenOf(ClaimsPrincipal user) => Guid.Parse(user.FindFirstValue(TokenScheme.TokenId)!);
}
