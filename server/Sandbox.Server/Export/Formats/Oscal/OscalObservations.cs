using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Evidence.Record;

namespace Sandbox.Server.Export.Formats.Oscal;

/// <summary>Observations: evidence that holds, and the last verdict of each rule on each machine; and of the latter the findings.</summary>
internal static class OscalObservations
{
    /// <summary>The evidence of one apprentice.</summary>
    /// <param name="schedule">The apprentice's schedule.</param>
    /// <param name="site">The lab.</param>
    /// <param name="latest">When it was known at the latest, for evidence that does not say when it was read: OSCAL must have an instant.</param>
    public static IEnumerable<JsonObject> Of(FilledSchedule schedule, Site site, DateTimeOffset latest) =>
        from line in schedule.Lines
        from one in line.Evidence
        where one.State == "held"
        select Observation(
            site, one.Entry, $"Evidence of grade {one.Grade} for line {line.Line.Id} of {schedule.Name}: {one.Target}: {one.After}", one.ChangedAt ?? latest,
            ("line", OscalResults.Control(line.Line.Id)), ("grade", one.Grade), ("device", one.Device));

    /// <summary>A verdict.</summary>
    public static JsonObject Of(PlacedEntry entry, Site site)
    {
        var changed = entry.Body.VerdictChanged;
        var words = string.Create(CultureInfo.InvariantCulture, $"{changed.Rule} {changed.Subject}: {changed.After}, expected {changed.Expected}, observed {(changed.HasObserved ? changed.Observed : "nothing")}");
        return Observation(site, entry.Index, words, entry.At, ("rule", changed.Rule), ("verdict", changed.After), ("policy", changed.Policy), ("device", Convert.ToHexStringLower(changed.DeviceId.Span)));
    }

    /// <summary>What a verdict finds. Null: it is no pass and no failure, and OSCAL has no third state.</summary>
    public static JsonObject? Finding(PlacedEntry entry, Site site)
    {
        var changed = entry.Body.VerdictChanged;
        var state = changed.After switch { "pass" => "satisfied", "fail" => "not-satisfied", _ => null };
        return state is null ? null : new JsonObject
        {
            ["uuid"] = $"{site.Id($"oscal/finding/{entry.Index}")}",
            ["title"] = changed.Rule,
            ["description"] = $"{changed.Rule} {changed.Subject} on device {Convert.ToHexStringLower(changed.DeviceId.Span)}: {changed.After}",
            ["target"] = new JsonObject { ["type"] = "objective-id", ["target-id"] = changed.Rule, ["status"] = new JsonObject { ["state"] = state } },
            ["related-observations"] = new JsonArray(new JsonObject { ["observation-uuid"] = Id(site, entry.Index) }),
        };
    }

    private static JsonObject Observation(Site site, long entry, string words, DateTimeOffset at, params (string Name, string Value)[] said) => new()
    {
        ["uuid"] = Id(site, entry),
        ["description"] = words,
        ["props"] = JsonText.Array(said.Where(one => one.Value.Trim().Length > 0).Select(one => new JsonObject { ["name"] = one.Name, ["ns"] = OscalResults.Namespace, ["value"] = one.Value.Trim() })),
        ["methods"] = new JsonArray("TEST"),
        ["relevant-evidence"] = new JsonArray(new JsonObject { ["href"] = site.Entry(entry), ["description"] = string.Create(CultureInfo.InvariantCulture, $"Entry {entry} of the evidence log {site.Origin}") }),
        ["collected"] = JsonText.Instant(at),
    };

    private static string Id(Site site, long entry) => $"{site.Id($"oscal/observation/{entry}")}";
}
