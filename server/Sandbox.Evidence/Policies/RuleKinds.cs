using Sandbox.Evidence.Machines;
using Sandbox.Evidence.Passwords;
using static Sandbox.Evidence.Policies.ExpectReader;

namespace Sandbox.Evidence.Policies;

/// <summary>Every rule that a policy may hold.</summary>
internal static class RuleKinds
{
    private const long MostDays = Rotation.Never - 1;
    private const long MostHours = 24 * 366;

    private static readonly Dictionary<string, RuleKind> ById = ((RuleKind[])
    [
        new(DefaultMaxAge.Rule, Severity.Medium, RuleDemand.Number(1, MostDays, Between, AtMost, Unlimited), Ages) { HasGrace = true },
        new("password.min_length", Severity.Medium, RuleDemand.Number(1, 128, AtLeast), rule => [new MinimumLength((uint)Least(rule))]),
        new("password.history", Severity.Medium, RuleDemand.Number(1, 400, AtLeast), rule => [new PasswordHistory((uint)Least(rule))]),
        new("lockout.threshold", Severity.Medium, RuleDemand.Number(1, 1000, Between, AtMost), rule => [new LockoutThreshold((uint)Math.Max(1, Least(rule)), (uint)Most(rule))]),
        new("lockout.unlock_seconds", Severity.Medium, RuleDemand.Number(1, 604_800, AtLeast, Unlimited), rule => [new LockoutDuration(rule.Expect is Expectation.Unlimited ? null : (uint)Least(rule))]),
        new("password.hash_scheme", Severity.Medium, RuleDemand.Word("yescrypt", "gost-yescrypt", "scrypt", "bcrypt", "sha512", "sha256"), rule => [new NewHashScheme(((Expectation.OneOf)rule.Expect).Words)]),
        new(EmptyPasswords.Rule, Severity.High, RuleDemand.Number(0, 0, Count), _ => [new EmptyPasswords()]),
        new(ScannerRuns.Rule, Severity.High, RuleDemand.Switch, _ => [new ScannerRuns()]),
        new(RealTimeScanning.Rule, Severity.Medium, RuleDemand.Switch, _ => [new RealTimeScanning()]),
        new(SignatureAge.Rule, Severity.High, RuleDemand.Number(1, MostHours, AtMost), rule => [new SignatureAge(Most(rule))]),
        new(FirewallActive.Rule, Severity.High, RuleDemand.Switch, _ => [new FirewallActive()]),
        new(RootVolumeEncrypted.Rule, Severity.Medium, RuleDemand.Switch, _ => [new RootVolumeEncrypted()]),
        new(BackupAge.Rule, Severity.Medium, RuleDemand.Number(1, MostHours, AtMost), rule => [new BackupAge(Most(rule))]),
        new("ssh.permit_root_login", Severity.Medium, RuleDemand.Word("no", "prohibit-password", "forced-commands-only", "yes"), rule => [Ssh(rule, "PermitRootLogin")]),
        new("ssh.password_authentication", Severity.Medium, RuleDemand.Word("no", "yes"), rule => [Ssh(rule, "PasswordAuthentication")]),
        new("ssh.permit_empty_passwords", Severity.High, RuleDemand.Word("no", "yes"), rule => [Ssh(rule, "PermitEmptyPasswords")]),
        new(SudoWithoutPassword.Rule, Severity.Medium, RuleDemand.Number(0, 0, Count), _ => [new SudoWithoutPassword()]),
        new(TimeSynchronised.Rule, Severity.Medium, RuleDemand.Switch, _ => [new TimeSynchronised()]),
    ]).ToDictionary(kind => kind.Id, StringComparer.Ordinal);

    /// <summary>Their ids, in the order in which people think of them.</summary>
    public static IReadOnlyList<string> Ids { get; } = [.. ById.Keys];

    /// <summary>The one of an id. Null: there is none.</summary>
    public static RuleKind? Find(string id) => ById.GetValueOrDefault(id);

    private static IReadOnlyList<IRule> Ages(RuleSettings rule)
    {
        if (rule.Expect is Expectation.Unlimited) return [new NoDefaultMaxAge(), new AccountMaxAge(new NoRotation())];
        var (least, most) = (Math.Max(1, Least(rule)), Most(rule));
        return [new DefaultMaxAge(least, most), new AccountMaxAge(new Rotation(least, most, rule.GraceDays))];
    }

    // `sshd -T` says the older of two names, files either.
    private static SshSetting Ssh(RuleSettings rule, string name)
    {
        var words = ((Expectation.OneOf)rule.Expect).Words;
        return new SshSetting(rule.Rule, name, words.Contains("prohibit-password") ? [.. words, "without-password"] : words);
    }

    private static long Least(RuleSettings rule) => ((Expectation.Within)rule.Expect).Least ?? 0;

    private static long Most(RuleSettings rule) => ((Expectation.Within)rule.Expect).Most ?? long.MaxValue;
}
