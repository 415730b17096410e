using System.Security.Claims;
using Sandbox.Server.Dashboard.Shell;
using Sandbox.Server.People;

namespace Sandbox.Server.Dashboard.Demands;

/// <summary>What the policy demands, for everybody who is judged by it.</summary>
internal static class PolicyRoutes
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/policy", async (ClaimsPrincipal user, DemandReader reader, CancellationToken ct) =>
    {
        var viewer = Viewer.Of(user);
        return Page.Of<PolicyPage>(new { Model = await reader.ReadAsync(viewer, ct), Viewer = viewer });
    });
}
