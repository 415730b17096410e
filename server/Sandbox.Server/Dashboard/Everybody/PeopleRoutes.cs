using System.Security.Claims;
using Sandbox.Server.Dashboard.Shell;
using Sandbox.Server.Live;
using Sandbox.Server.People;

namespace Sandbox.Server.Dashboard.Everybody;

/// <summary>People: read by mentors and auditors, decided about by admins.</summary>
internal static class PeopleRoutes
{
    private const string NoSuchPerson = "There is no such person.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var read = routes.MapGroup("/people").RequireAuthorization(Policies.SeeEverything);
        read.MapGet("", async (ClaimsPrincipal user, PeopleReader people, CancellationToken ct) =>
            Page.Of<PeoplePage>(new { Model = await people.ListAsync(Viewer.Of(user), ct), Viewer = Viewer.Of(user) }));
        read.MapGet("/{id:guid}", (Guid id, ClaimsPrincipal user, PeopleReader people, CancellationToken ct) => ShowAsync(id, user, people, ct));
        var decide = routes.MapGroup("/people").RequireAuthorization(Policies.ManagePeople);
        decide.MapPost("", AddAsync);
        decide.MapPost("/{id:guid}/link", LinkAsync);
        decide.MapPost("/{id:guid}/role", (Guid id, IFormCollection form, ClaimsPrincipal user, RosterChanges roster, PeopleReader people, CancellationToken ct) =>
            DecideAsync(id, user, people, by => roster.ChangeRoleAsync(id, by, form["role"].ToString(), ct), ct));
        decide.MapPost("/{id:guid}/lock", (Guid id, IFormCollection form, ClaimsPrincipal user, RosterChanges roster, PeopleReader people, CancellationToken ct) =>
            DecideAsync(id, user, people, by => roster.LockAsync(id, by, ct), ct));
        decide.MapPost("/{id:guid}/unlock", (Guid id, IFormCollection form, ClaimsPrincipal user, RosterChanges roster, PeopleReader people, CancellationToken ct) =>
            DecideAsync(id, user, people, by => roster.UnlockAsync(id, by, ct), ct));
        MapAccounts(decide);
        RetentionRoutes.Map(decide);
    }

    private static void MapAccounts(RouteGroupBuilder decide)
    {
        decide.MapPost("/{id:guid}/accounts", (Guid id, IFormCollection form, ClaimsPrincipal user, HolderBook holders, PeopleReader people, TimeProvider time, CancellationToken ct) =>
            DecideAsync(id, user, people, by => holders.AddAsync(AccountForm.Read(form, id, by, time), ct), ct, form["value"].ToString()));
        decide.MapPost("/{id:guid}/accounts/{held:guid}/end", (Guid id, Guid held, IFormCollection form, ClaimsPrincipal user, HolderBook holders, PeopleReader people, TimeProvider time, CancellationToken ct) =>
            DecideAsync(id, user, people, by => holders.EndAsync(id, held, time.GetUtcNow(), by, ct), ct));
    }

    private static async Task<IResult> ShowAsync(
        Guid id, ClaimsPrincipal user, PeopleReader people, CancellationToken ct, string? fault = null, string? link = null, string? typed = null)
    {
        var viewer = Viewer.Of(user);
        if (await people.OneAsync(id, ct) is not { } view) return await NoneAsync(id, people, viewer, ct);
        return Page.Of<PersonPage>(
            new { Model = view, Viewer = viewer, Fault = fault, Link = link, Typed = typed }, fault is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> AddAsync(
        IFormCollection form, ClaimsPrincipal user, Roster roster, JoinLinks links, PeopleReader people, LiveFeed feed, TimeProvider time, CancellationToken ct)
    {
        var (name, shown, role) = (form["name"].ToString().Trim(), form["displayName"].ToString().Trim(), form["role"].ToString());
        try
        {
            if (!Storage.People.Roles.All.Contains(role)) throw new SetupException("Choose a role.");
            var person = await roster.AddAsync(name, shown.Length == 0 ? null : shown, role, Viewer.Of(user).PersonId, ct);
            feed.Publish(new LiveEvent(null, LiveChange.People, time.GetUtcNow()));
            return await ShowAsync(person.Id, user, people, ct, link: await links.NewAsync(person.Id, Viewer.Of(user).PersonId, ct));
        }
        catch (SetupException fault)
        {
            return Page.Of<PeoplePage>(
                new { Model = await people.ListAsync(Viewer.Of(user), ct), Viewer = Viewer.Of(user), Fault = fault.Message, Name = name, DisplayName = shown, Role = role }, StatusCodes.Status400BadRequest);
        }
    }

    private static async Task<IResult> LinkAsync(
        Guid id, IFormCollection form, ClaimsPrincipal user, JoinLinks links, PeopleReader people, CancellationToken ct)
    {
        if (await people.OneAsync(id, ct) is null) return Page.NotFound(NoSuchPerson, Viewer.Of(user));
        try
        {
            var link = await links.NewAsync(id, Viewer.Of(user).PersonId, ct);
            return await ShowAsync(id, user, people, ct, link: link);
        }
        catch (SetupException fault)
        {
            return await ShowAsync(id, user, people, ct, fault.Message);
        }
    }

    private static async Task<IResult> NoneAsync(Guid id, PeopleReader people, Viewer viewer, CancellationToken ct) => await people.ErasureAsync(id, ct) is { } erasure
        ? Page.Of<MessagePage>(new { Title = "Erased", Text = $"This person's record was erased on {erasure.At:yyyy-MM-dd}{(erasure.LeafIndex is { } place ? $", as entry {place} of the evidence log says" : "")}. What is left of it names nobody.", Status = StatusCodes.Status410Gone, Viewer = viewer }, StatusCodes.Status410Gone)
        : Page.NotFound(NoSuchPerson, viewer);

    internal static async Task<IResult> DecideAsync(Guid id, ClaimsPrincipal user, PeopleReader people, Func<Guid, Task> decide, CancellationToken ct, string? typed = null)
    {
        if (await people.OneAsync(id, ct) is null) return Page.NotFound(NoSuchPerson, Viewer.Of(user));
        try
        {
            await decide(Viewer.Of(user).PersonId);
            return TypedResults.LocalRedirect($"/people/{id}");
        }
        catch (SetupException fault)
        {
            return await ShowAsync(id, user, people, ct, fault.Message, typed: typed);
        }
    }
}
