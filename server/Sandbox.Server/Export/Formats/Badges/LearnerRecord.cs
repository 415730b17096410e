using System.Text.Json.Nodes;
using Sandbox.Evidence.Record;
using Sandbox.Server.Export.Formats.Case;

namespace Sandbox.Server.Export.Formats.Badges;

/// <summary>
/// All badges of an apprentice in one ClrCredential of the Comprehensive Learner Record 2.0. They stand in it without proofs of their own: the same issuer
/// signs the whole, and each is signed by itself beside it. A record has no status of its own: any of a scope's lines might be in one, so no list could name
/// all that a revocation touches. It says in words that each badge in it must be looked up.
/// </summary>
internal static class LearnerRecord
{
    /// <summary>The record. Null: nothing is earned yet, and a CLR without a credential is none.</summary>
    /// <param name="schedule">The apprentice's schedule.</param>
    /// <param name="framework">What the schedule is in CASE.</param>
    /// <param name="partial">More may be known than was asked for.</param>
    public static JsonObject? Of(FilledSchedule schedule, CaseFramework framework, bool partial)
    {
        var earned = schedule.Lines.Where(Badge.IsEarned).ToList();
        if (earned.Count == 0) return null;
        var subject = BadgeSubject.Of(schedule, "ClrSubject");
        subject["verifiableCredential"] = JsonText.Array(Badge.Of(schedule, framework).Select(badge => badge.Credential));
        return new JsonObject
        {
            // In this order (CLR 2.0, ClrCredential).
            ["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", IssuerProfile.Extensions),
            ["id"] = framework.Site.Urn($"clr/{schedule.Person}/{string.Join(",", earned.Select(line => $"{line.Ojt.Last!.Entry}-{line.Ri.Last!.Entry}"))}/{partial}"),
            ["type"] = new JsonArray("VerifiableCredential", "ClrCredential"),
            ["name"] = $"{framework.Title}: {earned.Count} of {schedule.Lines.Count} lines",
            ["description"] = $"It says what stood when it was exported. Each badge in it has a status of its own: one whose id is in the list at {framework.Site.Revocations} is void, and the rest of this record is not.",
            ["issuer"] = IssuerProfile.Of(framework.Site),
            ["validFrom"] = JsonText.Instant(earned.Max(Badge.Since)),
            ["partial"] = partial,
            ["credentialSubject"] = subject,
        };
    }
}
