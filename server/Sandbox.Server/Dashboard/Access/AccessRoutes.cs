using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Sandbox.Server.Dashboard.Shell;
using Sandbox.Server.People;

namespace Sandbox.Server.Dashboard.Access;

/// <summary>The doors: sign in and sign out.</summary>
internal static class AccessRoutes
{
    private const string Wrong = "Name or password is wrong, or the name is locked for some minutes.";
    private const string TooMany = "Too many tries for this name. Wait a minute, then try again.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in", (string? next) => Page.Of<SignInPage>(new { Next = Local(next) })).AllowAnonymous();
        routes.MapPost("/sign-in", SignInAsync).AllowAnonymous();
        routes.MapPost("/sign-out", SignOutAsync).AllowAnonymous();
    }

    private static async Task<IResult> SignInAsync(
        [FromForm] string? name, [FromForm] string? password, string? next, SignIn signIn, HttpContext http)
    {
        var outcome = await signIn.TryAsync(name?.Trim() ?? "", password ?? "", http.Connection.RemoteIpAddress);
        return outcome switch
        {
            SignInOutcome.Welcome => TypedResults.LocalRedirect(Local(next) ?? "/"),
            SignInOutcome.TooMany => Again(TooMany, StatusCodes.Status429TooManyRequests),
            _ => Again(Wrong, StatusCodes.Status401Unauthorized),
        };

        IResult Again(string fault, int status) => Page.Of<SignInPage>(new { Next = Local(next), Name = name, Fault = fault }, status);
    }

    // The form is read, so that the antiforgery middleware guards this route as it does the others.
    private static async Task<IResult> SignOutAsync(IFormCollection form, HttpContext http, OpenSessions sessions)
    {
        sessions.End(http.User);
        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
        return TypedResults.LocalRedirect("/sign-in");
    }

    private static string? Local(string? next) => RedirectHttpResult.IsLocalUrl(next) ? next : null;
}
