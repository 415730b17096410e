using Sandbox.Protocol;

namespace Sandbox.Evidence.Passwords;

/// <summary>Wrong tries must lock an account.</summary>
/// <param name="AtLeast">Fewest tries that may do so; 1 forbids 0, which never locks.</param>
/// <param name="AtMost">Most tries that somebody may have.</param>
internal sealed record LockoutThreshold(uint AtLeast, uint AtMost) : IRule
{
    public Fact.KindOneofCase Reads => Fact.KindOneofCase.PasswordPolicy;

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now) =>
        OnPolicy.Judge(facts, "lockout.threshold", $"an account is locked after {AtLeast} to {AtMost} wrong tries", Judge);

    private Opinion Judge(PasswordPolicy policy) => policy switch
    {
        { HasLockoutThreshold: true, LockoutThreshold: 0 } =>
            new(Verdict.Fail, "never", "the module stands in the stack but is set to 0 tries"),
        { HasLockoutThreshold: true, LockoutThreshold: var tries } => Opinion.That(tries >= AtLeast && tries <= AtMost, $"after {tries}"),
        _ => NoLockout.Opinion(policy, "faillock.deny"),
    };
}
