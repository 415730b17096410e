using System.Security.Claims;
using Sandbox.Server.Dashboard.Shell;
using Sandbox.Server.Devices;
using Sandbox.Server.Live;
using Sandbox.Server.Packages;
using Sandbox.Server.People;

namespace Sandbox.Server.Dashboard.Joining;

/// <summary>Enrol a device: making, watching and withdrawing join codes.</summary>
internal static class JoiningRoutes
{
    private const string NoSuchCode = "There is no such join code, or it is not yours.";

    /// <summary>How long a code may live, by the word of the form.</summary>
    public static IReadOnlyList<(string Word, string Label, TimeSpan Life)> Lives { get; } =
        [("1h", "1 hour", TimeSpan.FromHours(1)), ("1d", "1 day", TimeSpan.FromDays(1)), ("7d", "7 days", TimeSpan.FromDays(7))];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/enrol").RequireAuthorization(Policies.Enrol);
        group.MapGet("", ListAsync);
        group.MapPost("", MakeAsync);
        group.MapGet("/{id:guid}", OneAsync);
        group.MapPost("/{id:guid}/withdraw", (Guid id, IFormCollection form, JoinCodes codes, CodeDesk desk, ClaimsPrincipal user, CancellationToken ct) =>
            desk.ChangeAsync(Viewer.Of(user), id, codes.RevokeAsync, ct));
        group.MapPost("/{id:guid}/restore", (Guid id, IFormCollection form, JoinCodes codes, CodeDesk desk, ClaimsPrincipal user, CancellationToken ct) =>
            desk.ChangeAsync(Viewer.Of(user), id, codes.RestoreAsync, ct));
    }

    private static async Task<IResult> ListAsync(ClaimsPrincipal user, CodeReader codes, CancellationToken ct)
    {
        var viewer = Viewer.Of(user);
        return Page.Of<EnrolPage>(new { Model = await codes.ListAsync(viewer, ct), Viewer = viewer });
    }

    private static async Task<IResult> OneAsync(Guid id, ClaimsPrincipal user, CodeReader codes, CancellationToken ct)
    {
        var viewer = Viewer.Of(user);
        var view = await codes.OneAsync(viewer, id, ct);
        return view is null ? Page.NotFound(NoSuchCode, viewer) : Page.Of<CodePage>(new { Model = view, Viewer = viewer });
    }

    private static async Task<IResult> MakeAsync(
        IFormCollection form, ClaimsPrincipal user, CodeReader codes, FreshCodes fresh, InstallCommand install, LiveFeed feed, TimeProvider time, CancellationToken ct)
    {
        var viewer = Viewer.Of(user);
        var list = await codes.ListAsync(viewer, ct);
        var person = list.People.FirstOrDefault(p => p.Id.ToString() == form["person"]);
        var life = Lives.FirstOrDefault(x => x.Word == form["life"]).Life;
        if (person is null || life == default)
        {
            var fault = person is null ? "Choose a person from the list: you may make codes for these alone." : "Choose how long the code may be used.";
            return Page.Of<EnrolPage>(new { Model = list, Viewer = viewer, Fault = fault }, StatusCodes.Status400BadRequest);
        }

        var code = await fresh.MakeAsync(person.Id, life, replaces: null, ct);
        feed.Publish(new LiveEvent(null, LiveChange.Code, time.GetUtcNow()) { Person = person.Id });
        return Page.Of<CodePage>(new { Model = await codes.OneAsync(viewer, code.Code.Id, ct), Viewer = viewer, Secret = code.Text, Install = install.Line });
    }
}
