using System.Globalization;
using Sandbox.Protocol;

namespace Sandbox.Server.Dashboard.Facts;

/// <summary>Settings with the value in force, where it comes from, and every place that says something of them; folded away.</summary>
internal static class SettingTable
{
    /// <param name="title">Above the table.</param>
    /// <param name="path">Of the list in its fact: <c>password_policy.settings</c>.</param>
    /// <param name="settings">The rows.</param>
    /// <param name="only">What stands before a condition: <c>for</c> user anna, <c>where</c> Address 192.0.2.0/24.</param>
    public static FactTable Of(string title, string path, IEnumerable<ConfiguredSetting> settings, string only = "for") => new(title, ["Setting", "In force", "Origin", "Written in"],
        [.. settings.Select(one => new FactTableRow($"{path}[{one.Name}]",
        [
            one.Name, one.HasEffective ? one.Effective : null, Origin(one.Origin),
            one.Definitions.Count == 0 ? "nowhere" : string.Join("; ", one.Definitions.Select(place => Place(place, only))),
        ]))], Folded: true);

    private static string? Origin(ConfiguredSetting.Types.Origin origin) => origin switch
    {
        ConfiguredSetting.Types.Origin.File => "file",
        ConfiguredSetting.Types.Origin.PamArgument => "PAM argument",
        ConfiguredSetting.Types.Origin.Default => "the program's default",
        _ => null,
    };

    private static string Place(SettingDefinition place, string only) =>
        $"{place.Path}:{place.Line.ToString(CultureInfo.InvariantCulture)} says {place.Value}{(place.HasCondition ? $" {only} {place.Condition}" : "")}";
}
