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
        Limit("maxrepeat"), Limit("maxclassrepeat"), Limit("maxsequence"), Kind("gecoscheck"), Kind("usercheck"), Kind("usersubstr"), Kind("enforcing"),
        new("pwquality.enforce_for_root", Severity.Low, RuleDemand.Switch, rule => [new SettingRule(rule.Rule, PasswordSettings.Quality, "pwquality.enforce_for_root", "enforce_for_root", new NamedDemand(), rule.Strictness)]),
    ];

    private static RuleKind Kind(string name) => Kind(name, RuleDemand.Number(-Most, Most, Between, AtLeast, AtMost), PasswordKinds.Bounds);

    // pwquality.conf(5): 0 is no limit.
    private static RuleKind Limit(string name) => Kind(name, RuleDemand.Number(1, Most, Between, AtMost), rule => new NumberDemand(rule.Least ?? 1, rule.Most));

    private static RuleKind Kind(string name, RuleDemand demand, Func<RuleSettings, NumberDemand> make) =>
        new($"pwquality.{name}", Severity.Medium, demand, rule => [new SettingRule(rule.Rule, PasswordSettings.Quality, rule.Rule, name, make(rule), rule.Strictness)]) { HasValue = true, HasPlaces = true };
}
