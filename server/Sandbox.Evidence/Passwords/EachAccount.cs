using Sandbox.Protocol;

namespace Sandbox.Evidence.Passwords;

/// <summary>A demand on the ageing of each local person's password: one finding for each account.</summary>
internal static class EachAccount
{
    /// <summary>Subject of what is said of the accounts as a whole; no account can have this name.</summary>
    public const string All = "(accounts)";

    /// <summary>Subject of the accounts that a directory has, and not the device.</summary>
    public const string OfDirectories = "(directory accounts)";

    /// <summary>The findings of a rule, and the next instant at which time alone changes one.</summary>
    public static Judgement Judge(DeviceFacts facts, DateTimeOffset now, string rule, AgeDemand demand)
    {
        if (facts[Fact.KindOneofCase.Accounts] is not { } reported)
            return new Judgement([Finding(null, All, new(Verdict.Unknown, Reason: "no accounts have been reported"))], null);
        var accounts = reported.Fact.Accounts;
        var findings = new List<Finding>();
        var next = (DateTimeOffset?)null;
        foreach (var account in LocalPeople.Of(accounts))
        {
            var (opinion, instant) = Judge(account, accounts, now, demand);
            findings.Add(Finding(reported, account.Name, opinion));
            if (next is null || instant < next) next = instant ?? next;
        }

        if (findings.Count == 0) findings.Add(Finding(reported, All, Nobody(accounts)));
        if (accounts.Directories.Count > 0) findings.Add(Finding(reported, OfDirectories, Directory(accounts)));
        return new Judgement(findings, next);

        Finding Finding(ReportedFact? reported, string subject, Opinion opinion) => new()
        {
            Rule = rule,
            Subject = subject,
            Verdict = opinion.Verdict,
            Expected = demand.Expected,
            Observed = opinion.Observed,
            Reason = opinion.Reason,
            ReportId = reported?.ReportId,
            LastVerified = reported?.VerifiedAt,
            Unseen = facts.Unseen(Fact.KindOneofCase.Accounts),
        };
    }

    /// <summary>The opinion on one account, and the next instant at which time alone changes it.</summary>
    public static (Opinion Opinion, DateTimeOffset? Next) Judge(Account account, Accounts all, DateTimeOffset now, AgeDemand demand)
    {
        var today = Day.Of(now);
        if (LocalPeople.OutOfScope(account, all, today) is { } outside) return (outside, null);
        var (opinion, next) = demand.Judge(account, now);
        var end = account.HasAccountExpiresDay && account.AccountExpiresDay > today ? Day.Start(account.AccountExpiresDay) : null;
        return (opinion, end is null || end > next ? next : end);
    }

    private static Opinion Nobody(Accounts accounts) => accounts.Accounts_.Count > 0
        ? new(Verdict.NotApplicable, Reason: "no person has an account on this device")
        : new(Verdict.Unknown, Reason: UnseenWords.Reason(accounts.Unseen));

    private static Opinion Directory(Accounts accounts) => new(
        Verdict.Unknown,
        Reason: $"accounts also come from {string.Join(", ", accounts.Directories)}; only the directory knows how old their passwords are");
}
