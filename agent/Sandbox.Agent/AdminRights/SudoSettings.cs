using Sandbox.Agent.Collecting;
using Sandbox.Protocol;
using static Sandbox.Protocol.ConfiguredSetting.Types;

namespace Sandbox.Agent.AdminRights;

/// <summary>The settings of sudoers(5) that decide what is asked of people and what is recorded of them.</summary>
internal static class SudoSettings
{
    private const int MostDefinitions = 50;
    private const int LongestCondition = 100;

    // sudo's own default where it is the same in every version of the last ten years; null where it is not, or where there is none.
    private static readonly (string Name, string? Default)[] Known =
    [
        ("authenticate", "on"), ("authfail_message", null), ("badpass_message", null), ("closefrom", null), ("env_reset", "on"), ("exempt_group", null), ("ignore_dot", null),
        ("ignore_logfile_errors", "on"), ("insults", null), ("intercept", "off"), ("iolog_dir", null), ("lecture", null), ("listpw", "any"), ("log_allowed", "on"),
        ("log_denied", "on"), ("log_exit_status", "off"), ("log_format", "sudo"), ("log_input", "off"), ("log_output", "off"),
        ("log_servers", null), ("log_subcmds", "off"), ("logfile", null), ("mail_badpass", null), ("mailto", null), ("noexec", "off"), ("passwd_timeout", null),
        ("passwd_tries", "3"), ("pwfeedback", null), ("requiretty", "off"), ("rootpw", "off"), ("runas_default", "root"), ("runaspw", "off"), ("secure_path", null),
        ("setenv", "off"), ("syslog", null), ("targetpw", "off"), ("timestamp_timeout", null), ("timestamp_type", null), ("tty_tickets", null), ("umask", null),
        ("use_pty", null), ("verifypw", "all"), ("visiblepw", "off"),
    ];

    /// <summary>Sorted by name.</summary>
    public static IEnumerable<ConfiguredSetting> Of(Sudoers sudoers, UnseenNotes unseen)
    {
        var found = sudoers.Defaults.ToLookup(setting => setting.Name, StringComparer.Ordinal);
        foreach (var (name, fallback) in Known)
        {
            var setting = new ConfiguredSetting { Name = name };
            var all = found[name].ToList();
            if (all.Count > MostDefinitions) unseen.Add(Why.Of(all[0].Path, $"{name} is set {all.Count} times; the last {MostDefinitions} are listed"));
            setting.Definitions.AddRange(all.TakeLast(MostDefinitions).Select(Definition));
            if (all.LastOrDefault(one => one.Scope == ' ') is { } last) (setting.Effective, setting.Origin) = (last.Value, Origin.File);
            else if (fallback is not null) (setting.Effective, setting.Origin) = (fallback, Origin.Default);
            if (setting.HasEffective || setting.Definitions.Count > 0) yield return setting;
        }
    }

    private static SettingDefinition Definition(SudoDefault one)
    {
        var definition = new SettingDefinition { Path = one.Path, Line = one.Line, Value = one.Value };
        if (one.Scope == ' ') return definition;
        var kind = one.Scope switch { '@' => "host", ':' => "user", '!' => "command", _ => "target" };
        var condition = $"{kind} {string.Join(", ", one.For.Take(MostDefinitions).Select(name => name.Not ? $"!{name.Name}" : name.Name))}";
        definition.Condition = condition.Length > LongestCondition ? condition[..LongestCondition] : condition;
        return definition;
    }
}
