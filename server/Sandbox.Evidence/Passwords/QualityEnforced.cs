using Sandbox.Protocol;

namespace Sandbox.Evidence.Passwords;

/// <summary>A check of new passwords stands in the password stack and refuses.</summary>
internal sealed record QualityEnforced : IRule
{
    public const string Rule = "password.quality_enforced";

    public Fact.KindOneofCase Reads => Fact.KindOneofCase.PasswordPolicy;

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now) => OnPolicy.Judge(facts, Rule, "new passwords are checked, and weak ones refused", Judge);

    private static Opinion Judge(PasswordPolicy policy) => policy switch
    {
        { HasQualityEnforced: true, QualityEnforced: true } => new(Verdict.Pass, "they are"),
        { HasQualityEnforced: true } => new(Verdict.Fail, "they are not", "no pwquality stands in the password stack, or it only warns"),
        _ => new(Verdict.Unknown, Reason: UnseenWords.Reason(policy.Unseen)),
    };
}
