using System.Text.Json.Nodes;
using Sandbox.Evidence.Record;

namespace Sandbox.Server.Export.Formats.Oscal;

/// <summary>What a document is made of.</summary>
/// <param name="Schedules">The apprentices' schedules.</param>
/// <param name="Transitions">The last verdicts.</param>
/// <param name="Words">Of what it is an excerpt.</param>
/// <param name="At">When it is made.</param>
internal sealed record OscalContents(IReadOnlyList<FilledSchedule> Schedules, IReadOnlyList<PlacedEntry> Transitions, ScopeWords Words, DateTimeOffset At);

/// <summary>OSCAL 1.1 assessment-results: signatures as attestations, evidence and verdicts as observations, passes and failures of rules as findings. OSCAL has no empty lists: what there is nothing of is left out.</summary>
internal static class OscalResults
{
    /// <summary>The version of OSCAL.</summary>
    public const string Version = "1.1.3";

    /// <summary>Of the names that are not OSCAL's own.</summary>
    public const string Namespace = "urn:sandbox:oscal";

    /// <summary>A line as a control: OSCAL's ids begin with a letter.</summary>
    public static string Control(string line) => $"line-{line}";

    /// <summary>The document.</summary>
    public static JsonObject Of(OscalContents contents, Site site)
    {
        var (parties, plan) = (new OscalParties(site), site.Id("oscal/plan"));
        var result = Result(contents, parties, site);
        return new JsonObject
        {
            ["assessment-results"] = new JsonObject
            {
                ["uuid"] = $"{site.Id($"oscal/{contents.Words.What}/{contents.Words.Size}")}",
                ["metadata"] = new JsonObject
                {
                    ["title"] = $"What the evidence log of the {site.Name} says: {contents.Words.What}",
                    ["last-modified"] = JsonText.Instant(contents.At),
                    ["version"] = $"{contents.Words.Size}",
                    ["oscal-version"] = Version,
                    ["roles"] = OscalParties.Roles(),
                    ["parties"] = WithLab(parties),
                },
                ["import-ap"] = new JsonObject { ["href"] = $"#{plan}" },
                ["results"] = new JsonArray(result),
                ["back-matter"] = new JsonObject { ["resources"] = new JsonArray(Plan($"{plan}")) },
            },
        };
    }

    private static JsonArray WithLab(OscalParties parties)
    {
        _ = parties.Lab;
        return parties.ToJson();
    }

    private static JsonObject Result(OscalContents contents, OscalParties parties, Site site)
    {
        var attestations = contents.Schedules.SelectMany(schedule => OscalAttestations.Of(schedule, parties, site)).ToList();
        var observations = contents.Schedules.SelectMany(schedule => OscalObservations.Of(schedule, site, contents.At)).Concat(contents.Transitions.Select(entry => OscalObservations.Of(entry, site))).ToList();
        var findings = contents.Transitions.Select(entry => OscalObservations.Finding(entry, site)).OfType<JsonObject>().ToList();
        var result = new JsonObject
        {
            ["uuid"] = $"{site.Id($"oscal/result/{contents.Words.What}/{contents.Words.Size}")}",
            ["title"] = "Work Process Schedule and policies",
            ["description"] = $"{contents.Words.What}; the first {contents.Words.Size} entries of the evidence log {site.Origin}",
            ["start"] = JsonText.Instant(contents.At),
            ["reviewed-controls"] = new JsonObject { ["control-selections"] = new JsonArray(new JsonObject { ["include-all"] = new JsonObject() }) },
        };
        if (attestations.Count > 0) result["attestations"] = JsonText.Array(attestations);
        if (observations.Count > 0) result["observations"] = JsonText.Array(observations);
        if (findings.Count > 0) result["findings"] = JsonText.Array(findings);
        return result;
    }

    private static JsonObject Plan(string id) => new()
    {
        ["uuid"] = id,
        ["title"] = "The Work Process Schedule, and the policy that each observation names",
        ["description"] = "There is no assessment plan in OSCAL: what is assessed is the schedule, which lies beside this file in the form of CASE 1.1.",
        ["rlinks"] = new JsonArray(new JsonObject { ["href"] = "case.json", ["media-type"] = "application/json" }),
    };
}
