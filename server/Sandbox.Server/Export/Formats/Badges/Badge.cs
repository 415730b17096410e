using System.Security.Cryptography;
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

    /// <summary>
    /// The id of a badge: the same two signatures make the same one, however often it is exported. It is made of the salts of their entries and of nothing that a leaf shows, because leaves are served to
    /// everybody, and so is the list of revoked badges: nobody may reckon from the one who stands in the other.
    /// </summary>
    /// <param name="site">The lab.</param>
    /// <param name="digest">Of its <see cref="Digest">two signatures</see>.</param>
    public static string Id(Site site, ReadOnlySpan<byte> digest) => site.Urn($"badge/{Convert.ToHexStringLower(digest)}");

    /// <summary>What two signatures come down to, for an id.</summary>
    /// <param name="ojt">Salt of the signature for on-the-job training.</param>
    /// <param name="ri">Salt of the signature for related instruction.</param>
    public static byte[] Digest(ReadOnlyMemory<byte> ojt, ReadOnlyMemory<byte> ri) => SHA256.HashData([.. ojt.Span, .. ri.Span]);

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
            ["id"] = Id(site, Digest(line.Ojt.Last!.Salt, line.Ri.Last!.Salt)),
            ["type"] = new JsonArray("VerifiableCredential", "OpenBadgeCredential"),
            ["name"] = $"{line.Line.Id} {line.Line.Wording}",
            ["issuer"] = IssuerProfile.Of(site),
            ["validFrom"] = JsonText.Instant(Since(line)),
            ["credentialSubject"] = subject,
            ["evidence"] = BadgeEvidence.Of(line, site),
            ["credentialStatus"] = new JsonObject { ["id"] = site.Revocations, ["type"] = "1EdTechRevocationList" },
        };
    }
}
