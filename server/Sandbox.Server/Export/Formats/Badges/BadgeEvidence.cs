using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Evidence.Record;

namespace Sandbox.Server.Export.Formats.Badges;

/// <summary>
/// What a badge rests on: each points at its entry of the evidence log. Nobody but the apprentice is named, no machine, and no account: a badge travels further than the
/// bundle, and the entries say the rest to whoever is shown them.
/// </summary>
internal static class BadgeEvidence
{
    /// <summary>The two signatures, the evidence that holds, and the records.</summary>
    public static JsonArray Of(FilledLine line, Site site) => JsonText.Array([
        Signature(line.Ojt, "On-the-job training", site),
        Signature(line.Ri, "Related instruction", site),
        .. line.Evidence.Where(one => one.State == "held").Select(one => One(site, one.Entry, $"Evidence of grade {one.Grade}", "Telemetry", $"A machine of the lab reported the change, and that it stayed. {Where(one.Entry)}")),
        .. line.Ojt.Records.Concat(line.Ri.Records).Select(one => Record(one, site)),
    ]);

    private static JsonObject Signature(FilledColumn column, string name, Site site) => One(
        site, column.Last!.Entry, $"{name}: signed", "Signature",
        string.Create(CultureInfo.InvariantCulture, $"Signed on {column.Last.At.UtcDateTime:yyyy-MM-dd} by a {column.Last.Role} who was asked for a {column.Last.ConfirmedBy ?? "session"} again. {Where(column.Last.Entry)}"));

    private static JsonObject Record(FilledRecord one, Site site)
    {
        var kind = one.Column == "ri" ? "Related instruction" : "On-the-job training";
        var time = one.Minutes is { } minutes ? string.Create(CultureInfo.InvariantCulture, $", {minutes / 60.0:0.##} hours") : "";
        return One(site, one.Entry, $"{kind}: record", "Record", $"{kind} on {one.Day}{time}. {Where(one.Entry)}");
    }

    private static JsonObject One(Site site, long entry, string name, string genre, string narrative) => new()
    {
        ["id"] = site.Entry(entry), ["type"] = new JsonArray("Evidence"), ["name"] = name, ["genre"] = genre, ["narrative"] = narrative,
    };

    private static string Where(long entry) => string.Create(CultureInfo.InvariantCulture, $"It is entry {entry} of the evidence log.");
}
