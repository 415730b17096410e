using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Evidence.Record;

namespace Sandbox.Server.Export.Formats.Oscal;

/// <summary>Attestations: each signature that stands, by whom and about whom.</summary>
internal static class OscalAttestations
{
    /// <summary>Those of one apprentice.</summary>
    public static IEnumerable<JsonObject> Of(FilledSchedule schedule, OscalParties parties, Site site) =>
        schedule.Lines.SelectMany(line => new[] { (Line: line, Column: line.Ojt, Name: "on-the-job training"), (Line: line, Column: line.Ri, Name: "related instruction") })
            .Where(one => one.Column.IsSigned).Select(one => Attestation(schedule, one.Line, one.Column.Last!, one.Name, parties, site));

    private static JsonObject Attestation(FilledSchedule schedule, FilledLine line, FilledDecision decision, string column, OscalParties parties, Site site) => new()
    {
        ["responsible-parties"] = new JsonArray(
            new JsonObject { ["role-id"] = OscalParties.Assessor, ["party-uuids"] = new JsonArray(parties.Of(decision)) },
            new JsonObject { ["role-id"] = OscalParties.Apprentice, ["party-uuids"] = new JsonArray(parties.Of(schedule)) }),
        ["parts"] = new JsonArray(new JsonObject
        {
            ["uuid"] = $"{site.Id($"oscal/attestation/{decision.Entry}")}",
            ["name"] = "sign-off",
            ["ns"] = OscalResults.Namespace,
            ["title"] = $"Line {line.Line.Id}, {column}",
            ["prose"] = string.Create(CultureInfo.InvariantCulture, $"{decision.By} ({decision.Role}) signed {column} of line {line.Line.Id}, \"{line.Line.Wording}\", for {schedule.Name} at {JsonText.Instant(decision.At)}, asked for again by {decision.ConfirmedBy ?? "nothing"}."),
            ["links"] = new JsonArray(new JsonObject { ["href"] = site.Entry(decision.Entry), ["rel"] = "evidence" }),
        }),
    };
}
