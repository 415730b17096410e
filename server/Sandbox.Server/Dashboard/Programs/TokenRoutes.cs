using System.Globalization;
using System.Security.Claims;
using Sandbox.Server.Api;
using Sandbox.Server.Dashboard.Shell;
using Sandbox.Server.People;

namespace Sandbox.Server.Dashboard.Programs;

/// <summary>Tokens of programs: everybody makes their own and takes them back; admins take back anybody's.</summary>
internal static class TokenRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/tokens", (ClaimsPrincipal user, Tokens tokens, TimeProvider time, CancellationToken ct) => ShowAsync(Viewer.Of(user), tokens, time, ct));
        routes.MapPost("/tokens", MakeAsync);
        routes.MapPost("/tokens/{id:guid}/revoke", RevokeAsync);
    }

    private static async Task<IResult> ShowAsync(Viewer viewer, Tokens tokens, TimeProvider time, CancellationToken ct, TokenFault? fault = null, string? made = null) => Page.Of<TokensPage>(
        new { Rows = await tokens.ListAsync(viewer.ManagesPeople ? null : viewer.PersonId, ct), Viewer = viewer, Now = time.GetUtcNow(), Fault = fault, Made = made },
        fault is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);

    private static async Task<IResult> MakeAsync(IFormCollection form, HttpContext http, Tokens tokens, Confirmation confirmation, TimeProvider time, CancellationToken ct)
    {
        var (viewer, name) = (Viewer.Of(http.User), form["name"].ToString());
        try
        {
            if (!int.TryParse(form["days"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var days)) throw new SetupException("Say in whole days how long it lives.");
            await confirmation.ByPasswordAsync(viewer, form["password"].ToString(), http.Connection.RemoteIpAddress);
            var made = await tokens.MakeAsync(viewer.PersonId, name, days, viewer.PersonId, ct);
            http.Response.Headers.CacheControl = "no-store";
            return await ShowAsync(viewer, tokens, time, ct, made: made);
        }
        catch (SetupException fault)
        {
            return await ShowAsync(viewer, tokens, time, ct, new TokenFault(fault.Message, name));
        }
    }

    private static async Task<IResult> RevokeAsync(Guid id, IFormCollection form, ClaimsPrincipal user, Tokens tokens, CancellationToken ct)
    {
        var viewer = Viewer.Of(user);
        return await tokens.RevokeAsync(id, viewer.ManagesPeople ? null : viewer.PersonId, viewer.PersonId, ct)
            ? TypedResults.LocalRedirect("/tokens")
            : Page.NotFound("There is no such token, or it is not yours.", viewer);
    }
}

/// <summary>Why there is no token.</summary>
/// <param name="Text">Why, with what to do.</param>
/// <param name="Name">The name that was typed.</param>
public sealed record TokenFault(string Text, string Name);
