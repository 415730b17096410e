using Sandbox.Evidence.Passwords;
using Sandbox.Evidence.Settings;
using static Sandbox.Evidence.Policies.ExpectReader;

namespace Sandbox.Evidence.Policies.Kinds;

/// <summary>Rules on how old passwords become, and on which are taken.</summary>
internal static class PasswordKinds
{
    private const long MostDays = Rotation.Never - 1;

    /// <summary>Schemes that may be demanded.</summary>
    public static readonly string[] Schemes = ["yescrypt", "gost-yescrypt", "scrypt", "bcrypt", "sha512", "sha256"];

    private static readonly DaysRule Maximum = new(DefaultMaxAge.Rule, "days until it must be changed", PasswordSettings.LoginDefs, "login.defs.PASS_MAX_DAYS", account => account.HasMaxDays ? account.MaxDays : null);
    private static readonly DaysRule Minimum = new("password.min_age_days", "days before it may be changed again", PasswordSettings.LoginDefs, "login.defs.PASS_MIN_DAYS", account => account.HasMinDays ? account.MinDays : null);
    private static readonly DaysRule Warning = new("password.warn_days", "days of warning", PasswordSettings.LoginDefs, "login.defs.PASS_WARN_AGE", account => account.HasWarnDays ? account.WarnDays : null);
    private static readonly DaysRule Inactive = new("password.inactive_days", "days after the due day until the account is locked", PasswordSettings.Useradd, "useradd.INACTIVE", account => account.HasInactiveDays ? account.InactiveDays : null);

    public static IReadOnlyList<RuleKind> All { get; } =
    [
        new(Maximum.Rule, Severity.Medium, RuleDemand.Number(1, MostDays, Between, AtMost, Unlimited), Ages) { HasGrace = true, HasValue = true, HasPlaces = true, HasScope = true },
        new("password.min_length", Severity.Medium, RuleDemand.Number(0, 128, AtLeast), rule => [Length(rule)]) { HasValue = true, HasPlaces = true },
        new("password.history", Severity.Medium, RuleDemand.Number(1, 400, AtLeast), rule => [Strictly(rule, new PasswordHistory((uint)rule.Least!), "pwhistory.remember", Bounds(rule))]) { HasPlaces = true },
        new("password.hash_scheme", Severity.Medium, RuleDemand.Word(Schemes), rule => [new NewHashScheme(rule.Words)]),
        Days(Minimum, RuleDemand.Number(0, MostDays, Between, AtLeast)),
        Days(Warning, RuleDemand.Number(0, MostDays, Between, AtLeast)),
        Days(Inactive, RuleDemand.Number(0, MostDays, Between, AtMost)),
        new(ChangedSinceCompromise.Rule, Severity.High, RuleDemand.Switch, _ => [new ChangedSinceCompromise()]),
        new(QualityEnforced.Rule, Severity.Medium, RuleDemand.Switch, _ => [new QualityEnforced()]),
        new(EmptyPasswordsRefused.Rule, Severity.High, RuleDemand.Switch, rule => [new EmptyPasswordsRefused(rule.Strictness)]) { HasPlaces = true },
        new("login_defs.encrypt_method", Severity.Medium, RuleDemand.AnyWord,
            rule => [new SettingRule(rule.Rule, PasswordSettings.LoginDefs, "login.defs.ENCRYPT_METHOD", "ENCRYPT_METHOD", new WordDemand(rule.Words, StringComparison.Ordinal), rule.Strictness)]) { HasPlaces = true },
        new("login_defs.umask", Severity.Medium, RuleDemand.Octal,
            rule => [new SettingRule(rule.Rule, PasswordSettings.LoginDefs, "login.defs.UMASK", "UMASK", new MaskDemand(((Expectation.Bits)rule.Expect).Value), rule.Strictness)]) { HasPlaces = true },
    ];

    /// <summary>The rule, with what is asked of the places that set it.</summary>
    public static IRule Strictly(RuleSettings rule, IRule inner, string setting, ValueDemand each) =>
        rule.Strictness == Strictness.None ? inner : new StrictRule(inner, setting, each, rule.Strictness);

    /// <summary>The numbers that are demanded.</summary>
    public static NumberDemand Bounds(RuleSettings rule) => new(rule.Least, rule.Most);

    private static IRule Length(RuleSettings rule) => rule.Strictness.Configured
        ? new SettingRule(rule.Rule, PasswordSettings.Quality, "pwquality.minlen", "minlen", Bounds(rule), rule.Strictness)
        : Strictly(rule, new MinimumLength((uint)rule.Least!), "pwquality.minlen", Bounds(rule));

    private static List<IRule> Ages(RuleSettings rule)
    {
        var unlimited = rule.Expect is Expectation.Unlimited;
        var (least, most) = (Math.Max(1, rule.Least ?? 0), rule.Most ?? long.MaxValue);
        var asked = new List<IRule>();
        if (rule.Scope.HasFlag(AgeScope.NewAccounts))
            asked.Add(unlimited ? new NoDefaultMaxAge() : Strictly(rule, new DefaultMaxAge(least, most), Maximum.Setting, new NumberDemand(least, most)));
        if (!rule.Scope.HasFlag(AgeScope.Accounts)) return asked;
        if (unlimited) asked.Add(new AccountMaxAge(new NoRotation()));
        else asked.Add(rule.Strictness.Configured ? Maximum.Existing(new NumberDemand(least, most)) : new AccountMaxAge(new Rotation(least, most, rule.GraceDays)));
        return asked;
    }

    private static RuleKind Days(DaysRule days, RuleDemand demand) => new(days.Rule, Severity.Low, demand, rule => days.Make(rule, Bounds(rule))) { HasPlaces = true, HasScope = true };
}
