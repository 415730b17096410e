using System.Text.Json.Nodes;
using Sandbox.Evidence.Catalogue;
using Sandbox.Server.Export.Formats.Case;

namespace Sandbox.Server.Export.Formats.Xapi;

/// <summary>What statements are about: lines, job functions and the schedule, by their addresses in CASE, with types of the ADL registry.</summary>
internal static class XapiActivity
{
    /// <summary>A line of the schedule.</summary>
    public static JsonObject Of(ScheduleLine line, CaseFramework framework) => Of(framework.Item(line.Id), $"{line.Id} {line.Wording}", "objective");

    /// <summary>The job function that a line belongs to.</summary>
    public static JsonObject Function(ScheduleLine line, CaseFramework framework)
    {
        var function = framework.Schedule.Functions.First(one => one.Lines.Any(other => other.Id == line.Id));
        return Of(framework.Item(CaseItem.Code(function)), function.Title, "module");
    }

    /// <summary>The whole schedule.</summary>
    public static JsonObject Whole(CaseFramework framework) => Of(framework.Document, framework.Title, "course");

    private static JsonObject Of(string id, string name, string type) => new()
    {
        ["objectType"] = "Activity",
        ["id"] = id,
        ["definition"] = new JsonObject { ["name"] = new JsonObject { ["en-US"] = name }, ["type"] = $"http://adlnet.gov/expapi/activities/{type}" },
    };
}
