using System.Data.Common;
using System.Text.Json.Nodes;

namespace Sandbox.Server.Export.Formats.Badges;

/// <summary>The issuer of badges for everybody: who it is, the key to compare with the one that a badge carries, and the badges that are none any more.</summary>
internal static class IssuerRoutes
{
    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Site.IssuerPath, (Site site) => Results.Bytes(JsonText.Document(IssuerProfile.Document(site)), "application/ld+json")).AllowAnonymous();
        app.MapGet($"{Site.IssuerPath}/jwks", (IssuerKeyFile file) =>
        {
            // Asking makes no key.
            using var key = file.Load();
            return Results.Bytes(JsonText.Document(new JsonObject { ["keys"] = key is null ? [] : new JsonArray(key.PublicJwk()) }), "application/jwk-set+json");
        }).AllowAnonymous();
        app.MapGet($"{Site.IssuerPath}/revocations", RevocationsAsync).AllowAnonymous();
    }

    private static async Task<IResult> RevocationsAsync(RevocationList list, CancellationToken ct)
    {
        try
        {
            return Results.Bytes(await list.ReadAsync(ct), "application/json");
        }
        catch (DbException)
        {
            return Results.Text("The database does not answer now; try again.\n", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
