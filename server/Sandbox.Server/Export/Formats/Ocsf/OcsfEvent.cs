using System.Text.Json.Nodes;
using Sandbox.Evidence.Record;

namespace Sandbox.Server.Export.Formats.Ocsf;

/// <summary>What every event of OCSF 1.3 has.</summary>
internal static class OcsfEvent
{
    /// <summary>The version of OCSF.</summary>
    public const string Version = "1.3.0";

    /// <summary>Severities that are used.</summary>
    public const int Informational = 1;

    /// <summary>Something should be looked at.</summary>
    public const int Medium = 3;

    /// <summary>An event without what its class adds.</summary>
    /// <param name="entry">The entry that it is of.</param>
    /// <param name="site">The lab.</param>
    /// <param name="type">Class and what happened.</param>
    /// <param name="at">When it happened.</param>
    /// <param name="severity">How grave it is.</param>
    public static JsonObject Of(PlacedEntry entry, Site site, OcsfType type, DateTimeOffset at, int severity) => new()
    {
        ["category_uid"] = type.Class / 1000,
        ["class_uid"] = type.Class,
        ["class_name"] = type.ClassName,
        ["activity_id"] = type.Activity,
        ["activity_name"] = type.ActivityName,
        ["type_uid"] = (type.Class * 100) + type.Activity,
        ["time"] = at.ToUnixTimeMilliseconds(),
        ["severity_id"] = severity,
        ["metadata"] = new JsonObject
        {
            ["version"] = Version,
            ["uid"] = $"{site.Id($"ocsf/{entry.Index}/{type.Class}")}",
            ["log_name"] = site.Origin,
            ["sequence"] = entry.Index,
            ["logged_time"] = entry.At.ToUnixTimeMilliseconds(),
            ["product"] = new JsonObject { ["name"] = "Sandbox", ["vendor_name"] = "Sandbox" },
        },
    };
}

/// <summary>Class and activity of an event, by number and caption.</summary>
internal sealed record OcsfType(int Class, string ClassName, int Activity, string ActivityName);
