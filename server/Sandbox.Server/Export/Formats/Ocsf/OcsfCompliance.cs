using System.Text.Json.Nodes;
using Sandbox.Evidence.Record;
using Sandbox.Protocol;

namespace Sandbox.Server.Export.Formats.Ocsf;

/// <summary>A verdict that became another: Compliance Finding, class 2003.</summary>
internal static class OcsfCompliance
{
    private const int Class = 2003;

    /// <summary>The event.</summary>
    public static JsonObject Of(PlacedEntry entry, VerdictChanged changed, Site site)
    {
        var device = Convert.ToHexStringLower(changed.DeviceId.Span);
        var (status, caption) = Status(changed);
        var said = OcsfEvent.Of(entry, site, Type(changed), entry.At, status == 3 ? OcsfEvent.Medium : OcsfEvent.Informational);
        said["finding_info"] = new JsonObject { ["uid"] = $"{site.Id($"finding/{device}/{changed.Rule}/{changed.Subject}")}", ["title"] = changed.Subject.Length == 0 ? changed.Rule : $"{changed.Rule}: {changed.Subject}" };
        said["compliance"] = new JsonObject
        {
            ["standards"] = new JsonArray(changed.Policy.Length == 0 ? "policy" : changed.Policy),
            ["control"] = changed.Rule,
            ["requirements"] = new JsonArray(changed.Expected),
            ["status_id"] = status,
            ["status"] = caption,
            ["status_detail"] = changed.HasReason ? changed.Reason : changed.HasObserved ? changed.Observed : changed.After,
        };
        said["resources"] = new JsonArray(new JsonObject { ["uid"] = device, ["type"] = "device" });
        return said;
    }

    private static OcsfType Type(VerdictChanged changed) => (changed.HasBefore, changed.HasAfter) switch
    {
        (_, false) => new(Class, "Compliance Finding", 3, "Close"),
        (false, _) => new(Class, "Compliance Finding", 1, "Create"),
        _ => new(Class, "Compliance Finding", 2, "Update"),
    };

    // OCSF 1.3 has no word for exempt and not applicable: "Other" with ours.
    private static (int Id, string Caption) Status(VerdictChanged changed) => changed.After switch
    {
        "pass" => (1, "Pass"),
        "fail" => (3, "Fail"),
        "unknown" or "error" => (2, "Warning"),
        "" => (0, "Unknown"),
        var other => (99, other),
    };
}
