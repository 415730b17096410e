using Sandbox.Protocol;

namespace Sandbox.Evidence.Passwords;

/// <summary>Former passwords must be refused.</summary>
/// <param name="AtLeast">How many of them.</param>
internal sealed record PasswordHistory(uint AtLeast) : IRule
{
    public Fact.KindOneofCase Reads => Fact.KindOneofCase.PasswordPolicy;

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now) =>
        OnPolicy.Judge(facts, "password.history", $"the last {AtLeast} passwords or more are refused", Judge);

    private Opinion Judge(PasswordPolicy policy) => policy switch
    {
        { HasHistory: true, History: 0 } => new(Verdict.Fail, "none is refused"),
        { HasHistory: true } => Opinion.That(policy.History >= AtLeast, $"the last {policy.History} are refused"),
        _ => OnPolicy.Meaningless(policy, "pwhistory.remember", "pam_pwhistory.so")
            ?? OnPolicy.Meaningless(policy, "unix.remember")
            ?? OnPolicy.Absent(policy, policy.HasQualityEnforced, "the password stack remembers none"),
    };
}
