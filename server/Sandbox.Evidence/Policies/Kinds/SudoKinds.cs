using Sandbox.Evidence.Machines;
using Sandbox.Evidence.Settings;
using static Sandbox.Evidence.Policies.ExpectReader;

namespace Sandbox.Evidence.Policies.Kinds;

/// <summary>Rules on sudo.</summary>
internal static class SudoKinds
{
    private static readonly SudoSettings Source = new();
    private static readonly string[] Flags = ["use_pty", "noexec", "requiretty", "ignore_dot", "env_reset", "rootpw", "targetpw", "runaspw", "visiblepw", "log_input", "log_output"];

    public static IReadOnlyList<RuleKind> All { get; } =
    [
        new(SudoWithoutPassword.Rule, Severity.Medium, RuleDemand.Number(0, 0, Count), _ => [new SudoWithoutPassword()]),
        .. Flags.Select(Flag),
        // Below 0 a password holds until the next start.
        Kind("sudo.timestamp_minutes", "timestamp_timeout", Source, RuleDemand.Number(0, 1440, Between, AtMost), rule => new MinutesDemand(rule.Least ?? 0, rule.Most)),
        // 0 waits for ever.
        Kind("sudo.passwd_timeout_minutes", "passwd_timeout", Source, RuleDemand.Number(1, 1440, Between, AtMost), rule => new MinutesDemand(Math.Max(1, rule.Least ?? 1), rule.Most)),
        // sudoers(5): 0777 leaves the mask of who calls.
        Kind("sudo.umask", "umask", Source, RuleDemand.Octal, rule => new MaskDemand(((Expectation.Bits)rule.Expect).Value) { None = 0x1FF }),
        Kind("sudo.logfile", "logfile", new SudoSettings("no file is named"), RuleDemand.AnyWord, rule => new WordDemand(rule.Words, StringComparison.Ordinal)),
    ];

    private static RuleKind Flag(string name) => Kind($"sudo.{name}", name, Source, RuleDemand.Word("on", "off"), rule => new WordDemand(rule.Words));

    private static RuleKind Kind(string id, string name, SudoSettings source, RuleDemand demand, Func<RuleSettings, ValueDemand> make) =>
        new(id, Severity.Low, demand, rule => [new SettingRule(rule.Rule, source, name, name, make(rule), rule.Strictness)]) { HasPlaces = true };
}
