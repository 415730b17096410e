using Sandbox.Evidence.Catalogue;

namespace Sandbox.Server.Export.Formats.Case;

/// <summary>The schedule for everybody, where badges and statements say that it is. It tells of nobody, so nobody has to sign in.</summary>
internal static class CaseRoutes
{
    private const string Json = "application/json";

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        var routes = app.MapGroup(CaseFramework.Path).AllowAnonymous();
        routes.MapGet("/CFPackages/{id:guid}", (Guid id, Site site) =>
            Framework(site) is var framework && framework.DocumentId == id ? Results.Bytes(JsonText.Document(CasePackage.Of(framework)), Json) : Results.NotFound());
        routes.MapGet("/CFDocuments/{id:guid}", (Guid id, Site site) =>
            Framework(site) is var framework && framework.DocumentId == id ? Results.Bytes(JsonText.Document(CaseDocument.Of(framework)), Json) : Results.NotFound());
        routes.MapGet("/CFItems/{id:guid}", (Guid id, Site site) =>
            CasePackage.Items(Framework(site)).FirstOrDefault(item => (string?)item["identifier"] == $"{id}") is { } item ? Results.Bytes(JsonText.Document(item), Json) : Results.NotFound());
    }

    private static CaseFramework Framework(Site site) => new(Schedule.Current, site);
}
