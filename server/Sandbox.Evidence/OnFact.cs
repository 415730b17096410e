using Sandbox.Protocol;

namespace Sandbox.Evidence;

/// <summary>Ties an opinion on one fact of the device to the report that it rests on.</summary>
internal static class OnFact
{
    /// <summary>The judgement of one demand on the device as a whole.</summary>
    /// <param name="facts">What the device has reported.</param>
    /// <param name="kind">The fact that is looked at.</param>
    /// <param name="rule">The rule's id.</param>
    /// <param name="expected">See <see cref="Finding.Expected"/>.</param>
    /// <param name="judge">The opinion, and the next instant at which time alone changes it.</param>
    public static Judgement Judge(DeviceFacts facts, Fact.KindOneofCase kind, string rule, string expected, Func<Fact, (Opinion Opinion, DateTimeOffset? Next)> judge)
    {
        var reported = facts[kind];
        var (opinion, next) = reported is null ? (new Opinion(Verdict.Unknown, Reason: $"no {Words(kind)} been reported"), null) : judge(reported.Fact);
        return new Judgement([new Finding
        {
            Rule = rule,
            Verdict = opinion.Verdict,
            Expected = expected,
            Observed = opinion.Observed,
            Reason = opinion.Reason,
            ReportId = reported?.ReportId,
            LastVerified = reported?.VerifiedAt,
            Unseen = facts.Unseen(kind),
        }], next);
    }

    /// <summary>The judgement of one demand that time does not change.</summary>
    public static Judgement Judge(DeviceFacts facts, Fact.KindOneofCase kind, string rule, string expected, Func<Fact, Opinion> judge) =>
        Judge(facts, kind, rule, expected, fact => (judge(fact), (DateTimeOffset?)null));

    private static string Words(Fact.KindOneofCase kind) => kind switch
    {
        Fact.KindOneofCase.Accounts => "accounts have",
        Fact.KindOneofCase.PasswordPolicy => "password policy has",
        Fact.KindOneofCase.Antivirus => "malware scanner has",
        Fact.KindOneofCase.Firewall => "firewall has",
        Fact.KindOneofCase.RemoteAccess => "remote access has",
        Fact.KindOneofCase.AdminRights => "rights of administrators have",
        Fact.KindOneofCase.Backup => "backup has",
        Fact.KindOneofCase.Encryption => "encryption has",
        Fact.KindOneofCase.TimeSync => "time synchronisation has",
        Fact.KindOneofCase.Software => "software has",
        Fact.KindOneofCase.OperatingSystem => "operating system has",
        _ => $"{kind} has",
    };
}
