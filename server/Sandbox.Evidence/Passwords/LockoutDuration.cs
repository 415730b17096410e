using Sandbox.Protocol;

namespace Sandbox.Evidence.Passwords;

/// <summary>A locked account must stay locked for a while. That only an administrator opens it is good enough.</summary>
/// <param name="AtLeastSeconds">The floor, in seconds.</param>
internal sealed record LockoutDuration(uint AtLeastSeconds) : IRule
{
    public Judgement Judge(DeviceFacts facts, DateTimeOffset now) =>
        OnPolicy.Judge(facts, "lockout.unlock_seconds", $"a locked account stays locked for {AtLeastSeconds} seconds or more", Judge);

    private Opinion Judge(PasswordPolicy policy) => policy switch
    {
        { HasLockoutThreshold: true, LockoutThreshold: 0 } => new(Verdict.Fail, "no account is ever locked"),
        { LockoutPermanent: true } => new(Verdict.Pass, "until an administrator opens it"),
        { HasLockoutSeconds: true } => Opinion.That(policy.LockoutSeconds >= AtLeastSeconds, $"{policy.LockoutSeconds} seconds"),
        _ => NoLockout.Opinion(policy, "faillock.unlock_time"),
    };
}
