using System.Text.Json.Nodes;

namespace Sandbox.Server.Export.Formats.Badges;

/// <summary>The issuer of badges for everybody: who it is, and the key to compare with the one that a badge carries.</summary>
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
    }
}
