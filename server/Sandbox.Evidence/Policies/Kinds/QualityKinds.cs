using Sandbox.Evidence.Settings;
using static Sandbox.Evidence.Policies.ExpectReader;

namespace Sandbox.Evidence.Policies.Kinds;

/// <summary>Rules on the settings of pwquality.conf(5), by their own names. How long a password must be is <c>password.min_length</c>.</summary>
internal static class QualityKinds
{
    private const long Most = 1000;

    public static IReadOnlyList<RuleKind> All { get; } =
    [
        Kind("retry"), Kind("minclass"), Kind("difok"), Kind("dictcheck"), Kind("dcredit"), Kind("ucredit"), Kind("lcredit"), Kind("ocredit"),
        Kind("maxrepeat"), Kind("maxclassrepeat"), Kind("maxsequence"), Kind("gecoscheck"), Kind("usercheck"), Kind("usersubstr"), Kind("enforcing"),
        new("pwquality.enforce_for_root", Severity.Low, RuleDemand.Switch, rule => [new SettingRule(rule.Rule, PasswordSettings.Quality, "pwquality.enforce_for_root", "enforce_for_root", new NamedDemand(), rule.Strictness)]),
    ];

    private static RuleKind Kind(string name) =>
        new($"pwquality.{name}", Severity.Medium, RuleDemand.Number(-Most, Most, Between, AtLeast, AtMost),
            rule => [new SettingRule(rule.Rule, PasswordSettings.Quality, rule.Rule, name, PasswordKinds.Bounds(rule), rule.Strictness)]) { HasValue = true, HasPlaces = true };
}
