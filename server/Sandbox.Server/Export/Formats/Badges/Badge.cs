using System.Text.Json.Nodes;
using Sandbox.Evidence.Record;
using Sandbox.Server.Export.Formats.Case;

namespace Sandbox.Server.Export.Formats.Badges;

/// <summary>An Open Badges 3.0 AchievementCredential for a line of which both columns are signed.</summary>
internal static class Badge
{
    /// <summary>Whether a line earns one: what machines reported never does by itself.</summary>
    public static bool IsEarned(FilledLine line) => line.Ojt.IsSigned && line.Ri.IsSigned;

    /// <summary>Since when: the later of the two signatures.</summary>
    public static DateTimeOffset Since(FilledLine line) => line.Ojt.Last!.At > line.Ri.Last!.At ? line.Ojt.Last.At : line.Ri.Last.At;

    /// <summary>The badges of an apprentice, in the schedule's order.</summary>
    public static IEnumerable<(string Line, JsonObject Credential)> Of(FilledSchedule schedule, CaseFramework framework) =>
        schedule.Lines.Where(IsEarned).Select(line => (line.Line.Id, Of(schedule, line, framework)));

    private static JsonObject Of(FilledSchedule schedule, FilledLine line, CaseFramework framework)
    {
        var site = framework.Site;
        var subject = BadgeSubject.Of(schedule, "AchievementSubject");
        subject["achievement"] = BadgeAchievement.Of(line, framework);
        if (BadgeAchievement.Result(line, framework) is { } result) subject["result"] = new JsonArray(result);
        return new JsonObject
        {
            ["@context"] = IssuerProfile.Contexts(),
            // The same two signatures make the same badge, however often it is exported.
            ["id"] = site.Urn($"badge/{schedule.Person}/{line.Line.Id}/{line.Ojt.Last!.Entry}/{line.Ri.Last!.Entry}"),
            ["type"] = new JsonArray("VerifiableCredential", "OpenBadgeCredential"),
            ["name"] = $"{line.Line.Id} {line.Line.Wording}",
            ["issuer"] = IssuerProfile.Of(site),
            ["validFrom"] = JsonText.Instant(Since(line)),
            ["credentialSubject"] = subject,
            ["evidence"] = BadgeEvidence.Of(line, site),
        };
    }
}
