using Sandbox.Protocol;

namespace Sandbox.Evidence.Passwords;

/// <summary>A locked account must stay locked for a while. That only an administrator opens it is good enough.</summary>
/// <param name="AtLeastSeconds">The floor, in seconds. Null: nothing but an administrator may open it.</param>
internal sealed record LockoutDuration(uint? AtLeastSeconds) : IRule
{
    public Fact.KindOneofCase Reads => Fact.KindOneofCase.PasswordPolicy;

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now) =>
        OnPolicy.Judge(facts, "lockout.unlock_seconds", Expected, Judge);

    private string Expected => AtLeastSeconds is { } seconds ? $"a locked account stays locked for {seconds} seconds or more" : "a locked account stays locked until an administrator opens it";

    private Opinion Judge(PasswordPolicy policy) => policy switch
    {
        { HasLockoutThreshold: true, LockoutThreshold: 0 } => new(Verdict.Fail, "no account is ever locked"),
        { LockoutPermanent: true } => new(Verdict.Pass, "until an administrator opens it"),
        { HasLockoutSeconds: true } => Opinion.That(policy.LockoutSeconds >= AtLeastSeconds, $"{policy.LockoutSeconds} seconds"),
        _ => NoLockout.Opinion(policy, "faillock.unlock_time"),
    };
}
