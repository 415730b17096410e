using Sandbox.Protocol;

namespace Sandbox.Evidence.Passwords;

/// <summary>How old the password of each local person may be: one finding for each account.</summary>
/// <param name="Demand">What is demanded of each.</param>
internal sealed record AccountMaxAge(AgeDemand Demand) : IRule
{
    /// <summary>Subject of what is said of the accounts as a whole; no account can have this name.</summary>
    public const string AllAccounts = "(accounts)";

    /// <summary>Subject of the accounts that a directory has, and not the device.</summary>
    public const string DirectoryAccounts = "(directory accounts)";

    public Fact.KindOneofCase Reads => Fact.KindOneofCase.Accounts;

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now)
    {
        if (facts[Fact.KindOneofCase.Accounts] is not { } reported)
            return new Judgement([Blank(null, AllAccounts) with { Reason = "no accounts have been reported" }], null);
        var accounts = reported.Fact.Accounts;
        var findings = new List<Finding>();
        var next = (DateTimeOffset?)null;
        foreach (var account in LocalPeople.Of(accounts))
        {
            var (opinion, instant) = Judge(account, accounts, now);
            findings.Add(Finding(reported, account.Name, opinion));
            if (next is null || instant < next) next = instant ?? next;
        }

        if (findings.Count == 0) findings.Add(Finding(reported, AllAccounts, Nobody(accounts)));
        if (accounts.Directories.Count > 0) findings.Add(Finding(reported, DirectoryAccounts, Directory(accounts)));
        return new Judgement(findings, next);
    }

    /// <summary>The opinion on one account, and the next instant at which time alone changes it.</summary>
    public (Opinion Opinion, DateTimeOffset? Next) Judge(Account account, Accounts all, DateTimeOffset now)
    {
        var today = Day.Of(now);
        if (LocalPeople.OutOfScope(account, all, today) is { } outside) return (outside, null);
        var (opinion, next) = Demand.Judge(account, now);
        var end = account.HasAccountExpiresDay && account.AccountExpiresDay > today ? Day.Start(account.AccountExpiresDay) : null;
        return (opinion, end is null || end > next ? next : end);
    }

    private static Opinion Nobody(Accounts accounts) => accounts.Accounts_.Count > 0
        ? new(Verdict.NotApplicable, Reason: "no person has an account on this device")
        : new(Verdict.Unknown, Reason: UnseenWords.Reason(accounts.Unseen));

    private static Opinion Directory(Accounts accounts) => new(
        Verdict.Unknown,
        Reason: $"accounts also come from {string.Join(", ", accounts.Directories)}; only the directory knows how old their passwords are");

    private Finding Finding(ReportedFact reported, string subject, Opinion opinion) => Blank(reported, subject) with
    {
        Verdict = opinion.Verdict,
        Observed = opinion.Observed,
        Reason = opinion.Reason,
    };

    private Finding Blank(ReportedFact? reported, string subject) => new()
    {
        Rule = DefaultMaxAge.Rule,
        Subject = subject,
        Verdict = Verdict.Unknown,
        Expected = Demand.Expected,
        ReportId = reported?.ReportId,
        LastVerified = reported?.VerifiedAt,
    };
}
