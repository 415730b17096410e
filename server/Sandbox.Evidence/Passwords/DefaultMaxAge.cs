using Sandbox.Protocol;

namespace Sandbox.Evidence.Passwords;

/// <summary>New accounts must be given a greatest password age.</summary>
/// <param name="AtLeastDays">Least number of days for which a password may be valid.</param>
/// <param name="AtMostDays">Greatest number of days.</param>
internal sealed record DefaultMaxAge(long AtLeastDays, long AtMostDays) : IRule
{
    /// <summary>The rule's id; accounts that exist are judged under the same one.</summary>
    public const string Rule = "password.max_age_days";

    public Fact.KindOneofCase Reads => Fact.KindOneofCase.PasswordPolicy;

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now) =>
        OnPolicy.Judge(facts, Rule, $"new accounts must change it every {AtLeastDays} to {AtMostDays} days", Judge);

    private Opinion Judge(PasswordPolicy policy) => policy switch
    {
        { HasDefaultMaxAgeDays: true, DefaultMaxAgeDays: < 0 or >= Rotation.Never } => new(Verdict.Fail, "new accounts never have to"),
        { HasDefaultMaxAgeDays: true, DefaultMaxAgeDays: var days } =>
            Opinion.That(days >= AtLeastDays && days <= AtMostDays, $"every {days} days"),
        _ => Absent(policy, Verdict.Fail),
    };

    /// <summary>The opinion where login.defs names no age.</summary>
    /// <param name="policy">The fact.</param>
    /// <param name="never">What it means that new accounts never have to change a password.</param>
    public static Opinion Absent(PasswordPolicy policy, Verdict never)
    {
        if (OnPolicy.Meaningless(policy, "login.defs.PASS_MAX_DAYS") is { } error) return error;
        return OnPolicy.LoginDefsWasRead(policy)
            ? new(never, "new accounts never have to", "login.defs does not set PASS_MAX_DAYS")
            : new(Verdict.Unknown, Reason: UnseenWords.Reason(policy.Unseen));
    }
}
