using System.Security.Claims;
using Sandbox.Server.Dashboard.Shell;
using Sandbox.Server.People;

namespace Sandbox.Server.Dashboard.Proofs;

/// <summary>Evidence by line of the schedule, and one piece with its proofs.</summary>
internal static class EvidenceRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/evidence", ListAsync);
        routes.MapGet("/evidence/{id:guid}", OneAsync);
    }

    private static async Task<IResult> ListAsync(
        string? person, string? line, string? state, string? page, ClaimsPrincipal user, EvidenceReader evidence, CancellationToken ct)
    {
        var viewer = Viewer.Of(user);
        return Page.Of<EvidencePage>(new { Model = await evidence.ListAsync(viewer, EvidenceFilter.Of(person, line, state, page), ct), Viewer = viewer });
    }

    private static async Task<IResult> OneAsync(Guid id, ClaimsPrincipal user, EvidenceProofs proofs, CancellationToken ct)
    {
        var viewer = Viewer.Of(user);
        return await proofs.ReadAsync(viewer, id, ct) is { } view
            ? Page.Of<OneEvidencePage>(new { Model = view, Viewer = viewer })
            : Page.NotFound("There is no such evidence, or it is not yours.", viewer);
    }
}
