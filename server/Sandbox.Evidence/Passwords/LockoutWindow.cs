using Sandbox.Protocol;

namespace Sandbox.Evidence.Passwords;

/// <summary>Wrong tries must be counted together for a while.</summary>
/// <param name="AtLeastSeconds">The floor, in seconds.</param>
internal sealed record LockoutWindow(uint AtLeastSeconds) : IRule
{
    public const string Rule = "lockout.window_seconds";

    public Fact.KindOneofCase Reads => Fact.KindOneofCase.PasswordPolicy;

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now) =>
        OnPolicy.Judge(facts, Rule, $"wrong tries within {AtLeastSeconds} seconds or more are counted together", Judge);

    private Opinion Judge(PasswordPolicy policy) => policy.HasLockoutWindowSeconds
        ? Opinion.That(policy.LockoutWindowSeconds >= AtLeastSeconds, $"within {policy.LockoutWindowSeconds} seconds")
        : NoLockout.Opinion(policy, "faillock.fail_interval");
}
