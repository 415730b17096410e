using Sandbox.Evidence.Passwords;
using Sandbox.Evidence.Settings;
using static Sandbox.Evidence.Policies.ExpectReader;

namespace Sandbox.Evidence.Policies.Kinds;

/// <summary>Rules on wrong tries.</summary>
internal static class LockoutKinds
{
    private const long Week = 604_800;

    public static IReadOnlyList<RuleKind> All { get; } =
    [
        new("lockout.threshold", Severity.Medium, RuleDemand.Number(1, 1000, Between, AtMost), rule => [Tries(rule)]) { HasPlaces = true },
        new("lockout.unlock_seconds", Severity.Medium, RuleDemand.Number(1, Week, AtLeast, Unlimited), rule => [Locked(rule, new LockoutDuration((uint?)rule.Least), "faillock.unlock_time", new LockoutDemand(rule.Least))]) { HasPlaces = true },
        new(LockoutWindow.Rule, Severity.Medium, RuleDemand.Number(1, Week, AtLeast), rule => [Locked(rule, new LockoutWindow((uint)rule.Least!), "faillock.fail_interval", new NumberDemand(rule.Least, null))]) { HasPlaces = true },
        new(RootLockout.Rule, Severity.Low, RuleDemand.Switch, _ => [new RootLockout()]),
    ];

    private static IRule Tries(RuleSettings rule)
    {
        var bounds = new NumberDemand(Math.Max(1, rule.Least ?? 0), rule.Most);
        return Locked(rule, new LockoutThreshold((uint)bounds.Least!, (uint)rule.Most!), "faillock.deny", bounds);
    }

    private static IRule Locked(RuleSettings rule, IRule inner, string setting, ValueDemand each) =>
        PasswordKinds.Strictly(rule, inner, setting, each) is StrictRule strict ? strict with { AsksOnce = true } : inner;
}
