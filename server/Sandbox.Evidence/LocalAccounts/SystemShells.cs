using Sandbox.Protocol;
using static Sandbox.Protocol.Account.Types;

namespace Sandbox.Evidence.LocalAccounts;

/// <summary>No account that was made for a program may have a shell that lets somebody in.</summary>
internal static class SystemShells
{
    public const string Rule = "account.system_shells";

    public static OnAccounts Make() => new(Rule, "no account of the system with a shell", Judge);

    private static Opinion Judge(Accounts accounts)
    {
        var open = accounts.Accounts_.Where(account => account is { System: true, ShellClass: ShellClass.Login }).Select(account => $"{account.Name} ({account.Shell})").ToList();
        return open.Count == 0 ? new(Verdict.Pass, "none") : new(Verdict.Fail, OnAccounts.Names(open));
    }
}
