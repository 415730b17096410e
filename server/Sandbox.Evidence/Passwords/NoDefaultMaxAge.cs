using Sandbox.Protocol;

namespace Sandbox.Evidence.Passwords;

/// <summary>New accounts must not be given a greatest password age (NIST SP 800-63B-4, section 3.1.1.2).</summary>
internal sealed record NoDefaultMaxAge : IRule
{
    public Fact.KindOneofCase Reads => Fact.KindOneofCase.PasswordPolicy;

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now) =>
        OnPolicy.Judge(facts, DefaultMaxAge.Rule, "new accounts need not change it for its age alone", Judge);

    private static Opinion Judge(PasswordPolicy policy) => policy switch
    {
        { HasDefaultMaxAgeDays: true, DefaultMaxAgeDays: < 0 or >= Rotation.Never } => new(Verdict.Pass, "new accounts never have to"),
        { HasDefaultMaxAgeDays: true, DefaultMaxAgeDays: var days } => new(Verdict.Fail, $"every {days} days"),
        _ => DefaultMaxAge.Absent(policy, Verdict.Pass),
    };
}
