using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Evidence.Catalogue;

namespace Sandbox.Server.Export.Formats.Case;

/// <summary>CFItems: a job function or a line of the schedule, in its exact words.</summary>
internal static class CaseItem
{
    /// <summary>What the schedule numbers a job function with.</summary>
    public static string Code(JobFunction function) => function.Number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A job function.</summary>
    public static JsonObject Of(CaseFramework framework, JobFunction function) => Of(framework, Code(function), function.Title, "Job Function", function.Requirement);

    /// <summary>A line.</summary>
    public static JsonObject Of(CaseFramework framework, ScheduleLine line) => Of(framework, line.Id, line.Wording, "Competency", line.Requirement);

    private static JsonObject Of(CaseFramework framework, string code, string wording, string type, Requirement? requirement)
    {
        var item = new JsonObject
        {
            ["identifier"] = $"{framework.ItemId(code)}",
            ["uri"] = framework.Item(code),
            ["humanCodingScheme"] = code,
            ["fullStatement"] = wording,
            ["CFItemType"] = type,
            ["language"] = "en",
            ["lastChangeDateTime"] = CaseFramework.LastChange,
            ["CFDocumentURI"] = framework.DocumentLink(),
        };
        if (requirement is { } marked) item["notes"] = $"{marked}";
        return item;
    }
}
