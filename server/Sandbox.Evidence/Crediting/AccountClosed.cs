using Sandbox.Evidence.Attribution;
using Sandbox.Evidence.Passwords;
using Sandbox.Protocol;
using static Sandbox.Protocol.Account.Types;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Evidence.Crediting;

/// <summary>
/// Line 1.9: an account of a person that was there and open at first is shut for good: gone, ended, or with neither a shell nor a password that lets anybody
/// in; and is so a day later. A locked password alone shuts nothing, since keys still let somebody in. Accounts that were made after the device was first
/// seen do not count: who removes one may have made it.
/// </summary>
internal sealed class AccountClosed : ICreditRule
{
    private const string Archive = "whether what the account held was kept before, and who decided that it ends, is not seen";

    public string Line => "1.9";

    public string Act => "account.closed";

    public string Counts => "an account of somebody who left that was shut for good";

    public TimeSpan Dwell => TimeSpan.FromHours(24);

    public IEnumerable<Credit> Find(DeviceCase device, DateTimeOffset now)
    {
        if (!device.Changed.Contains(Fact.KindOneofCase.Accounts) || device.Facts[Fact.KindOneofCase.Accounts] is not { } shown || !AccountAdded.IsWhole(shown.Fact.Accounts)) yield break;
        if (device.Baseline[Fact.KindOneofCase.Accounts] is not { } first || device.Facts.Before(Fact.KindOneofCase.Accounts) is not { } last) yield break;
        foreach (var account in LocalPeople.Of(first.Fact.Accounts).Where(one => one.Uid != 0 && IsOpen(one, Day.Of(first.ChangedAt))))
        {
            // Renamed, it is still there.
            if (AccountTarget.Same(account, last) is not { } before || !IsOpen(before, Day.Of(now)) || shown.Fact.Accounts.Accounts_.Any(one => one.HasUid && one.Uid == account.Uid && one.Name != account.Name)) continue;
            var after = AccountTarget.Same(account, shown);
            // One that came in the same moment may be the same under another name and number.
            if (after is null && LocalPeople.Of(shown.Fact.Accounts).Any(one => AccountTarget.Same(one, last) is null)) continue;
            if ((after is null ? "it is gone" : How(after, Day.Of(now))) is not { } how) continue;
            yield return new Credit(AccountTarget.Of(account), "somebody could log in with it", how, shown, last.ReportId) { NotBefore = last.VerifiedAt, Reservation = Archive };
        }
    }

    public Standing Look(EvidenceItem item, DeviceCase device, DateTimeOffset now)
    {
        if (device.Facts[Fact.KindOneofCase.Accounts] is not { } shown || !AccountAdded.IsWhole(shown.Fact.Accounts)) return Standing.NotKnown;
        var account = shown.Fact.Accounts.Accounts_.FirstOrDefault(one => one.HasUid && (one.Name == AccountOf(item) || AccountTarget.Of(one) == item.Target));
        if (account is { HasPasswordState: false, ShellClass: not ShellClass.NoLogin }) return Standing.NotKnown;
        return account is null || How(account, Day.Of(now)) is not null ? new Standing.Stands(shown.ReceivedAt, shown.VerifiedAt) : new Standing.TakenBack("somebody can log in with it again");
    }

    public bool Explains(EvidenceItem item, AdminAct act) =>
        Trace.IsOnAccount(act, AccountOf(item), null, Action.RemoveAccount, Action.ChangeAccount, Action.ChangeAgeing, Action.ChangePassword) || Trace.IsRun(act, AccountOf(item), "userdel", "deluser", "usermod", "chage", "passwd", "chsh");

    public string AccountOf(EvidenceItem item) => AccountTarget.NameIn(item.Target);

    // Somebody could come in with it, as far as is known.
    private static bool IsOpen(Account account, long today) => account is { HasPasswordState: true, ShellClass: not ShellClass.NoLogin } && How(account, today) is null;

    // How nobody can use it. Null: somebody can, or it is not known.
    private static string? How(Account account, long today) => account switch
    {
        { HasAccountExpiresDay: true, AccountExpiresDay: > 0 and var end } when end <= today => $"it ended on {Day.Words(end)}",
        { ShellClass: ShellClass.NoLogin, HasPasswordState: true, PasswordState: PasswordState.Locked or PasswordState.None } => "its shell lets nobody in, and no password opens it",
        _ => null,
    };
}
