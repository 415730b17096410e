using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Evidence.Catalogue;

namespace Sandbox.Server.Export.Formats.Case;

/// <summary>The Work Process Schedule as a CFPackage of 1EdTech CASE 1.1: what badges point at, and what systems for competencies take in. It tells of nobody.</summary>
internal static class CasePackage
{
    /// <summary>The package.</summary>
    public static JsonObject Of(CaseFramework framework) => new()
    {
        ["CFDocument"] = CaseDocument.Of(framework),
        ["CFItems"] = JsonText.Array(Items(framework)),
        ["CFAssociations"] = JsonText.Array(framework.Schedule.Functions.SelectMany(function => Associations(framework, function))),
    };

    /// <summary>The job functions, each followed by its lines.</summary>
    public static IEnumerable<JsonObject> Items(CaseFramework framework) => framework.Schedule.Functions.SelectMany(function =>
        function.Lines.Select(line => CaseItem.Of(framework, line)).Prepend(CaseItem.Of(framework, function)));

    private static IEnumerable<JsonObject> Associations(CaseFramework framework, JobFunction function)
    {
        var code = CaseItem.Code(function);
        var above = CaseFramework.Link(function.Title, framework.ItemId(code), framework.Item(code));
        yield return ChildOf(framework, code, function.Title, framework.DocumentLink(), function.Number);
        foreach (var (place, line) in function.Lines.Index()) yield return ChildOf(framework, line.Id, line.Wording, above.DeepClone(), place + 1);
    }

    private static JsonObject ChildOf(CaseFramework framework, string code, string title, JsonNode above, int place)
    {
        var id = NameBasedId.Of($"{framework.ItemId(code)}/isChildOf");
        return new JsonObject
        {
            ["identifier"] = $"{id}",
            ["uri"] = string.Create(CultureInfo.InvariantCulture, $"{framework.Site.Address}{CaseFramework.Path}/CFAssociations/{id}"),
            ["associationType"] = "isChildOf",
            ["sequenceNumber"] = place,
            ["originNodeURI"] = CaseFramework.Link(title, framework.ItemId(code), framework.Item(code)),
            ["destinationNodeURI"] = above,
            ["lastChangeDateTime"] = CaseFramework.LastChange,
        };
    }
}
