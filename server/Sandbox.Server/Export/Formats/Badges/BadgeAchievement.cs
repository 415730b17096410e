using System.Text.Json.Nodes;
using Sandbox.Evidence.Record;
using Sandbox.Server.Export.Formats.Case;

namespace Sandbox.Server.Export.Formats.Badges;

/// <summary>What a badge is for: a line of the schedule, aligned with the line's own item in CASE.</summary>
internal static class BadgeAchievement
{
    /// <summary>The achievement of a line.</summary>
    public static JsonObject Of(FilledLine line, CaseFramework framework)
    {
        var achievement = new JsonObject
        {
            ["id"] = Urn(line, framework, "achievement"),
            ["type"] = new JsonArray("Achievement"),
            ["achievementType"] = "Competency",
            ["name"] = $"{line.Line.Id} {line.Line.Wording}",
            ["description"] = line.Line.Wording,
            ["humanCode"] = line.Line.Id,
            ["fieldOfStudy"] = framework.Schedule.Title,
            ["criteria"] = new JsonObject { ["narrative"] = Criteria(line) },
            ["alignment"] = new JsonArray(Alignment(line, framework)),
        };
        if (Grade(line) is not null) achievement["resultDescription"] = new JsonArray(Grades(line, framework));
        return achievement;
    }

    /// <summary>What was reached, where machines showed evidence that holds. Null: none did.</summary>
    public static JsonObject? Result(FilledLine line, CaseFramework framework) => Grade(line) is { } grade
        ? new JsonObject { ["type"] = new JsonArray("Result"), ["resultDescription"] = Urn(line, framework, "grade"), ["value"] = grade }
        : null;

    private static string? Grade(FilledLine line) => line.Evidence.Where(one => one.State == "held").Select(one => one.Grade).Max(StringComparer.Ordinal);

    private static string Criteria(FilledLine line) =>
        $"A mentor watched or reviewed the work and signed both columns of line {line.Line.Id} of the Work Process Schedule, on-the-job training and related instruction, and was asked for a password or passkey again each time. "
        + "What machines reported is evidence beside that and never signs a line.";

    private static JsonObject Alignment(FilledLine line, CaseFramework framework) => new()
    {
        ["type"] = new JsonArray("Alignment"),
        ["targetType"] = "CFItem",
        ["targetName"] = line.Line.Wording,
        ["targetCode"] = line.Line.Id,
        ["targetFramework"] = framework.Title,
        ["targetUrl"] = framework.Item(line.Line.Id),
    };

    private static JsonObject Grades(FilledLine line, CaseFramework framework) => new()
    {
        ["id"] = Urn(line, framework, "grade"),
        ["type"] = new JsonArray("ResultDescription"),
        ["name"] = "Best grade of the evidence: from E0, seen once, to E3, seen from elsewhere as well",
        ["resultType"] = "PerformanceLevel",
        ["allowedValue"] = new JsonArray("E0", "E1", "E2", "E3"),
    };

    private static string Urn(FilledLine line, CaseFramework framework, string what) => framework.Site.Urn($"{what}/{line.Line.Id}");
}
