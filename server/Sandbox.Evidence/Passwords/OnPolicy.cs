using Sandbox.Protocol;

namespace Sandbox.Evidence.Passwords;

/// <summary>Ties an opinion on the device's password policy to the report that it rests on.</summary>
internal static class OnPolicy
{
    /// <summary>The judgement of one device-wide demand on <see cref="PasswordPolicy"/>.</summary>
    public static Judgement Judge(DeviceFacts facts, string rule, string expected, Func<PasswordPolicy, Opinion> judge)
    {
        var reported = facts[Fact.KindOneofCase.PasswordPolicy];
        var opinion = reported is null
            ? new Opinion(Verdict.Unknown, Reason: "no password policy has been reported")
            : judge(reported.Fact.PasswordPolicy);
        return new Judgement([new Finding
        {
            Rule = rule,
            Verdict = opinion.Verdict,
            Expected = expected,
            Observed = opinion.Observed,
            Reason = opinion.Reason,
            ReportId = reported?.ReportId,
            LastVerified = reported?.VerifiedAt,
        }], null);
    }

    /// <summary>
    /// The opinion on a value that is absent. The stack was read and holds nothing of the kind: fail. A definition that does not parse:
    /// error. Otherwise nobody knows.
    /// </summary>
    /// <param name="policy">The fact.</param>
    /// <param name="stackWasRead">The PAM stack that would hold it was read whole.</param>
    /// <param name="setting">Name of the setting, as in <see cref="PasswordSetting.Name"/>.</param>
    /// <param name="nothing">What it means that the stack holds nothing, in words.</param>
    public static Opinion Absent(PasswordPolicy policy, bool stackWasRead, string setting, string nothing)
    {
        if (policy.Settings.FirstOrDefault(s => s.Name == setting && !s.HasEffective) is { Definitions: [.., var last] })
            return new Opinion(Verdict.Error, last.Value, $"{last.Path} line {last.Line}: this value has no meaning there");
        return stackWasRead ? new Opinion(Verdict.Fail, nothing) : new Opinion(Verdict.Unknown, Reason: UnseenWords.Reason(policy.Unseen));
    }
}
