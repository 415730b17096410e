using Sandbox.Agent.Collecting;
using Sandbox.Agent.Collecting.Settings;
using Sandbox.Protocol;
using static Sandbox.Protocol.SambaShare.Types;

namespace Sandbox.Agent.Shares.Samba;

/// <summary>Sections of smb.conf as they are reported: values in force, each with all places that set it.</summary>
internal static class SambaShares
{
    /// <summary>Characters that are kept of what people wrote.</summary>
    public const int LongestText = 200;

    private const int MostUsers = 50;

    /// <summary>Settings for all shares, sorted by name.</summary>
    public static IEnumerable<ConfiguredSetting> Settings(SmbSection global) => SmbName.Global.OrderBy(known => known.Name, StringComparer.Ordinal).Select(known => Setting(global, known));

    /// <summary>One share.</summary>
    public static SambaShare Of(SmbSection section)
    {
        string? Value(string name) => section.Value(SmbName.Of(name)!.Value.Name);
        bool Is(string name) => Value(name) == "Yes";
        var share = new SambaShare
        {
            Name = section.Name, Kind = section.Name.ToLowerInvariant() switch { "homes" => Kind.Homes, "printers" => Kind.Printer, _ => Is("printable") ? Kind.Printer : Kind.Folder },
            ReadOnly = Is("read only"), GuestOk = Is("guest ok"), Browseable = Is("browseable"), Available = Is("available"), DefinedIn = section.Path, Line = section.Line,
        };
        if (Value("path") is { Length: > 0 } path && ShortText.Of(path.Trim('"'), LongestText) is { } shown) share.Path = shown;
        share.ValidUsers.AddRange(Users(Value("valid users") ?? ""));
        if (ShortText.Of(Value("comment"), LongestText) is { } comment) share.Comment = comment;
        share.Settings.AddRange(SmbName.Share.Where(known => section.Definitions(known).Any()).OrderBy(known => known.Name, StringComparer.Ordinal).Select(known => Setting(section, known)));
        return share;
    }

    // Names that hold a blank stand in quotation marks; commas and blanks come between.
    private static IEnumerable<string> Users(string text) => text.Split('"').SelectMany((part, at) => at % 2 == 1 ? [part] : part.Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries))
        .Select(user => ShortText.Of(user, LongestText)).OfType<string>().Take(MostUsers);

    private static ConfiguredSetting Setting(SmbSection section, SmbName known)
    {
        var setting = new ConfiguredSetting { Name = known.Name, Origin = section.Definitions(known).Any() ? ConfiguredSetting.Types.Origin.File : ConfiguredSetting.Types.Origin.Default };
        if (ShortText.Of(section.Value(known), LongestText) is { } value) setting.Effective = value;
        setting.Definitions.AddRange(section.Definitions(known).Select(Definition));
        return setting;
    }

    private static SettingDefinition Definition(Setting one) => new() { Path = one.Path, Line = one.Line, Value = ShortText.Of(one.Value, LongestText) ?? "" };
}
