using Sandbox.Protocol;

namespace Sandbox.Evidence.LocalAccounts;

/// <summary>No two accounts may have one number: what one of them owns, the other does, too.</summary>
internal static class UniqueUids
{
    public const string Rule = "account.shared_uids";

    public static OnAccounts Make() => new(Rule, "no two accounts with one number", Judge);

    private static Opinion Judge(Accounts accounts) => accounts.SharedUids.Count == 0
        ? new(Verdict.Pass, "none")
        : new(Verdict.Fail, string.Join("; ", accounts.SharedUids.Take(3).Select(shared => $"{shared.Uid}: {OnAccounts.Names(shared.Names)}")));
}
