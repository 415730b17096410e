using Sandbox.Protocol;

namespace Sandbox.Evidence.Passwords;

/// <summary>New passwords must have so many characters, after clamps and credits.</summary>
/// <param name="AtLeast">The floor, in characters.</param>
internal sealed record MinimumLength(uint AtLeast) : IRule
{
    public Fact.KindOneofCase Reads => Fact.KindOneofCase.PasswordPolicy;

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now) =>
        OnPolicy.Judge(facts, "password.min_length", $"at least {AtLeast} characters", Judge);

    private Opinion Judge(PasswordPolicy policy) => policy switch
    {
        { HasEffectiveMinLength: true } => Opinion.That(policy.EffectiveMinLength >= AtLeast, $"{policy.EffectiveMinLength} characters"),
        _ => OnPolicy.Meaningless(policy, "pwquality.minlen", "pam_pwquality.so")
            ?? OnPolicy.Absent(policy, policy.HasQualityEnforced, "nothing in the password stack checks the length"),
    };
}
