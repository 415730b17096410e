using Microsoft.AspNetCore.Identity;
using Sandbox.Server.Dashboard.Shell;
using Sandbox.Server.People;
using Sandbox.Storage.People;

namespace Sandbox.Server.Dashboard.Access;

/// <summary>Set-up of the first admin and the arrival of invited people, by a one-time link.</summary>
internal static class WelcomeRoutes
{
    private const int LongestName = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        MapDoor(routes, "/setup", setup: true);
        MapDoor(routes, "/join", setup: false);
    }

    private static void MapDoor(IEndpointRouteBuilder routes, string path, bool setup)
    {
        routes.MapGet(path, async (FirstAdmin first, CancellationToken ct) =>
            Page.Of<WelcomePage>(new { Setup = setup, SetupIsDone = setup && await first.IsSetUpAsync(ct) })).AllowAnonymous();
        // The token stands behind the #, so the server learns of it from the page: a dead link is told before anything is typed.
        routes.MapPost(path + "/check", async (IFormCollection sent, Invitations invitations, CancellationToken ct) =>
        {
            var form = WelcomeForm.Of(sent);
            return await invitations.FindAsync(form.Token.Trim(), ct) is null ? Again(form, LinkUse.Dead, setup) : (IResult)TypedResults.NoContent();
        }).AllowAnonymous();
        routes.MapPost(path, async (IFormCollection sent, OneTimeLinks links, SignInManager<Person> sessions, LastSignIns lastSignIns, CancellationToken ct) =>
        {
            var form = WelcomeForm.Of(sent);
            var use = await UseAsync(form, links, ct);
            if (use.Person is null) return Again(form, use, setup);
            await sessions.SignInAsync(use.Person, isPersistent: false);
            await lastSignIns.NoteAsync(use.Person.Id, ct);
            return (IResult)TypedResults.LocalRedirect("/");
        }).AllowAnonymous();
    }

    private static async Task<LinkUse> UseAsync(WelcomeForm form, OneTimeLinks links, CancellationToken ct)
    {
        if (form.DisplayName.Length is 0 or > LongestName) return LinkUse.Wrong($"Say your name, in at most {LongestName} characters.");
        if (form.Password != form.Password2) return LinkUse.Wrong("The two passwords differ. Type the same one twice.");
        return await links.UseAsync(form.Token, form.DisplayName, form.Password, ct);
    }

    private static IResult Again(WelcomeForm form, LinkUse use, bool setup) => Page.Of<WelcomePage>(
        new { Setup = setup, use.LinkIsDead, use.Faults, form.Token, form.DisplayName },
        use.LinkIsDead ? StatusCodes.Status410Gone : StatusCodes.Status400BadRequest);
}

/// <summary>What the form of /setup and /join sends; a field that was left out is empty.</summary>
internal sealed record WelcomeForm(string Token, string DisplayName, string Password, string Password2)
{
    public static WelcomeForm Of(IFormCollection sent) => new(
        sent["token"].ToString(), sent["displayName"].ToString().Trim(), sent["password"].ToString(), sent["password2"].ToString());
}
