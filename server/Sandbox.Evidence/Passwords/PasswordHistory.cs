using Sandbox.Protocol;

namespace Sandbox.Evidence.Passwords;

/// <summary>Former passwords must be refused.</summary>
/// <param name="AtLeast">How many of them.</param>
internal sealed record PasswordHistory(uint AtLeast) : IRule
{
    public Judgement Judge(DeviceFacts facts, DateTimeOffset now) =>
        OnPolicy.Judge(facts, "password.history", $"the last {AtLeast} passwords or more are refused", Judge);

    private Opinion Judge(PasswordPolicy policy) => policy switch
    {
        { HasHistory: true } => Opinion.That(policy.History >= AtLeast, $"the last {policy.History} are refused"),
        _ => OnPolicy.Absent(policy, policy.HasQualityEnforced, "pwhistory.remember", "the password stack remembers none"),
    };
}
