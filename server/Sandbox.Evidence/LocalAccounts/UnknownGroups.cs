using Sandbox.Protocol;

namespace Sandbox.Evidence.LocalAccounts;

/// <summary>Each account's primary group must be one of /etc/group: who makes a group with its number later lets it into that.</summary>
internal static class UnknownGroups
{
    public const string Rule = "account.unknown_group";

    public static OnAccounts Make() => new(Rule, "no account whose group there is not", Judge);

    private static Opinion Judge(Accounts accounts)
    {
        if (accounts.Groups.Count == 0) return new(Verdict.Unknown, Reason: UnseenWords.Reason(accounts.Unseen));
        var known = accounts.Groups.Select(group => group.Gid).ToHashSet();
        var lost = accounts.Accounts_.Where(account => account.HasGid && !known.Contains(account.Gid)).Select(account => $"{account.Name} ({account.Gid})").ToList();
        return lost.Count == 0 ? new(Verdict.Pass, "none") : new(Verdict.Fail, OnAccounts.Names(lost));
    }
}
