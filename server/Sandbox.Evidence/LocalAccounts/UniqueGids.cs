using Sandbox.Protocol;

namespace Sandbox.Evidence.LocalAccounts;

/// <summary>No two groups may have one number: what one of them may do, the other may, too.</summary>
internal static class UniqueGids
{
    public const string Rule = "account.shared_gids";

    public static OnAccounts Make() => new(Rule, "no two groups with one number", Judge);

    private static Opinion Judge(Accounts accounts)
    {
        if (accounts.Groups.Count == 0) return new(Verdict.Unknown, Reason: UnseenWords.Reason(accounts.Unseen));
        var shared = accounts.Groups.GroupBy(group => group.Gid).Where(same => same.Count() > 1).Select(same => $"{same.Key}: {OnAccounts.Names([.. same.Select(group => group.Name)])}").ToList();
        return shared.Count == 0 ? new(Verdict.Pass, "none") : new(Verdict.Fail, string.Join("; ", shared.Take(3)));
    }
}
