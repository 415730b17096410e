using Sandbox.Protocol;
using static Sandbox.Protocol.Account.Types;

namespace Sandbox.Evidence.LocalAccounts;

/// <summary>No account but root may have number 0 and let somebody in. One whose password is locked is named all the same: a key may still open it.</summary>
internal static class OnlyRootIsZero
{
    public const string Rule = "account.uid_zero";

    private const string Root = "root";

    public static OnAccounts Make() => new(Rule, "nobody but root with number 0", Judge);

    private static Opinion Judge(Accounts accounts)
    {
        var others = accounts.Accounts_.Where(one => one is { HasUid: true, Uid: 0 } && one.Name != Root).ToList();
        if (others.Count == 0) return new(Verdict.Pass, "nobody else");
        var open = others.Where(one => one.HasPasswordState && !IsLocked(one)).Select(one => one.Name).ToList();
        if (open.Count > 0) return new(Verdict.Fail, OnAccounts.Names(open));
        var words = OnAccounts.Names([.. others.Select(one => one.Name)]);
        return others.Any(one => !one.HasPasswordState) && UnseenWords.Of(accounts.Unseen, "/etc/shadow") is { } reason
            ? new(Verdict.Unknown, words, reason)
            : new(Verdict.Pass, words, "no password opens it");
    }

    private static bool IsLocked(Account account) => account.PasswordState is PasswordState.Locked or PasswordState.None;
}
