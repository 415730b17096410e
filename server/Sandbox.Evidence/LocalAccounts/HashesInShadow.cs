using Sandbox.Protocol;

namespace Sandbox.Evidence.LocalAccounts;

/// <summary>No hash may stand in /etc/passwd, which everybody can read.</summary>
internal static class HashesInShadow
{
    public const string Rule = "account.hash_in_passwd";

    public static OnAccounts Make() => new(Rule, "no password in /etc/passwd", Judge);

    private static Opinion Judge(Accounts accounts) =>
        accounts.HashInPasswd.Count == 0 ? new(Verdict.Pass, "none") : new(Verdict.Fail, OnAccounts.Names(accounts.HashInPasswd));
}
