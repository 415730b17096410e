using Sandbox.Protocol;
using static Sandbox.Protocol.Account.Types;

namespace Sandbox.Evidence.Passwords;

/// <summary>Which accounts of a device are people's, root included, and whether they log in with a password.</summary>
internal static class LocalPeople
{
    /// <summary>The accounts of people, each name once.</summary>
    public static IEnumerable<Account> Of(Accounts accounts) =>
        accounts.Accounts_.Where(account => account.HasUid && !account.System).DistinctBy(account => account.Name);

    /// <summary>Why no rule on the password concerns the account now. Null: one does.</summary>
    public static Opinion? OutOfScope(Account account, Accounts all, long today) => account switch
    {
        { ShellClass: ShellClass.NoLogin } => NotApplicable("its shell lets nobody in"),
        { HasAccountExpiresDay: true, AccountExpiresDay: > 0 and var end } when end <= today =>
            NotApplicable($"the account ended on {Day.Words(end)}"),
        { HasPasswordState: false } => UnseenWords.Of(all.Unseen, "/etc/shadow") is { } reason
            ? new(Verdict.Unknown, Reason: reason)
            : NotApplicable("/etc/shadow has no entry for it, so no password can match"),
        { PasswordState: PasswordState.Set } => null,
        { PasswordState: PasswordState.Locked } => NotApplicable("its password is locked"),
        { PasswordState: PasswordState.Empty } => NotApplicable("it has no password to change: see account.empty_password"),
        { PasswordState: PasswordState.None } => NotApplicable("no password can match"),
        _ => NotApplicable("its password field matches no password"),
    };

    private static Opinion NotApplicable(string reason) => new(Verdict.NotApplicable, Reason: reason);
}
