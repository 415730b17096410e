using System.Globalization;
using Sandbox.Protocol;

namespace Sandbox.Server.Dashboard.Facts;

/// <summary>People's accounts first; accounts of the system fold away.</summary>
internal static class AccountTables
{
    private static readonly string[] Columns = ["Account", "Uid", "Password", "Hash", "Last change", "Ageing", "Expires", "Administrator", "Groups", "Shell"];

    public static IReadOnlyList<FactTable> Of(Accounts accounts)
    {
        var people = accounts.Accounts_.Where(a => !a.System).Select(Row);
        var system = accounts.Accounts_.Where(a => a.System).Select(Row);
        var shared = accounts.SharedUids.Select(s => new FactTableRow($"accounts.shared_uids[{s.Uid}]", [Number(s.Uid), string.Join(", ", s.Names)])).ToList();
        return
        [
            new FactTable("People and root", Columns, [.. people]),
            new FactTable("Accounts of the system", Columns, [.. system], Folded: true),
            .. accounts.Groups.Count > 0 ? [new FactTable("Groups", ["Group", "Gid", "Members named in it"], [.. accounts.Groups.Select(Row)], Folded: true)] : Array.Empty<FactTable>(),
            .. shared.Count > 0 ? [new FactTable("Uids that accounts share", ["Uid", "Accounts"], shared)] : Array.Empty<FactTable>(),
        ];
    }

    private static FactTableRow Row(Account account) => new($"accounts.accounts[{account.Name}]",
    [
        account.Name, account.HasUid ? Number(account.Uid) : null, Password(account), Hash(account),
        account.MustChange ? "must change at next login" : account.HasLastChangeDay ? FactText.Day(account.LastChangeDay) : null,
        Ageing(account), Expires(account), account.HasAdministrator ? account.Administrator ? "yes" : "no" : null,
        string.Join(", ", account.Groups), account.Shell.Length == 0 ? "/bin/sh" : account.Shell,
    ]);

    private static FactTableRow Row(Group group) => new($"accounts.groups[{group.Name}:{group.Gid}]",
    [
        group.Name, Number(group.Gid),
        group.Members.Count == 0 ? "none" : string.Join(", ", group.Members) + (group.MembersLeftOut > 0 ? $" and {group.MembersLeftOut} more" : ""),
    ]);

    private static string? Password(Account account) => account.HasPasswordState
        ? account.PasswordState switch
        {
            Account.Types.PasswordState.Set => "set",
            Account.Types.PasswordState.Empty => "empty: nobody is asked",
            Account.Types.PasswordState.Locked => "locked",
            Account.Types.PasswordState.None => "none can match",
            Account.Types.PasswordState.Invalid => "not a valid entry",
            _ => null,
        }
        : null;

    private static string? Hash(Account account) => account.HasHashScheme
        ? account.HashScheme.ToString().ToLowerInvariant() + (account.HasHashCost ? $" ({account.HashCost})" : "")
        : account.HasPasswordState ? "no hash" : null;

    private static string? Ageing(Account account)
    {
        if (!account.HasPasswordState) return null;
        string[] parts =
        [
            account.HasMinDays ? $"min {Number(account.MinDays)}" : "", account.HasMaxDays ? $"max {Number(account.MaxDays)}" : "",
            account.HasWarnDays ? $"warn {Number(account.WarnDays)}" : "", account.HasInactiveDays ? $"inactive {Number(account.InactiveDays)}" : "",
        ];
        var said = parts.Where(part => part.Length > 0).ToList();
        return said.Count == 0 ? "off" : string.Join(", ", said) + " days";
    }

    private static string? Expires(Account account)
    {
        if (!account.HasPasswordState) return null;
        var password = account.HasPasswordExpiresDay ? $"password {FactText.Day(account.PasswordExpiresDay)}" : "password never";
        return account.HasAccountExpiresDay ? $"{password}, account {FactText.Day(account.AccountExpiresDay)}" : password;
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
