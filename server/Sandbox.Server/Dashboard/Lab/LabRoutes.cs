using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Sandbox.Server.Dashboard.Shell;
using Sandbox.Server.People;

namespace Sandbox.Server.Dashboard.Lab;

/// <summary>The Lab overview and the list of what was turned away.</summary>
internal static class LabRoutes
{
    private const int MostRefusals = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", OverviewAsync);
        routes.MapGet("/refusals", RefusalsAsync).RequireAuthorization(Policies.SeeEverything);
    }

    private static async Task<IResult> OverviewAsync(string? traffic, ClaimsPrincipal user, LabReader lab, CancellationToken ct)
    {
        var viewer = Viewer.Of(user);
        return Page.Of<LabPage>(new { Model = await lab.ReadAsync(viewer, traffic, ct), Viewer = viewer });
    }

    private static async Task<IResult> RefusalsAsync(ClaimsPrincipal user, RefusalQuery refusals, CancellationToken ct) => Page.Of<RefusalsPage>(new
    {
        Rows = await refusals.NewestAsync(MostRefusals, ct), Total = await refusals.Recent().CountAsync(ct), refusals.AsOf, Viewer = Viewer.Of(user),
    });
}
