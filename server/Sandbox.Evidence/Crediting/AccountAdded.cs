using System.Globalization;
using Sandbox.Evidence.Attribution;
using Sandbox.Protocol;
using static Sandbox.Protocol.Account.Types;

namespace Sandbox.Evidence.Crediting;

/// <summary>
/// Line 1.3: an account for a person that was not there at first, and still is a day later. Accounts of packages, second names for a number
/// that was there, renamed accounts and accounts that are open to everybody do not count.
/// </summary>
internal sealed class AccountAdded : ICreditRule
{
    private const uint UsualUidMin = 1000;
    private const uint Nobody = 65534;

    public string Line => "1.3";

    public string Act => "account.added";

    public string Counts => "an account that was added for somebody";

    public TimeSpan Dwell => TimeSpan.FromHours(24);

    public IEnumerable<Credit> Find(DeviceCase device, DateTimeOffset now)
    {
        if (!device.Changed.Contains(Fact.KindOneofCase.Accounts) || device.Facts[Fact.KindOneofCase.Accounts] is not { } shown) yield break;
        if (device.Baseline[Fact.KindOneofCase.Accounts] is not { } first || !IsWhole(shown.Fact.Accounts)) yield break;
        var before = device.Facts.Before(Fact.KindOneofCase.Accounts) ?? first;
        var (names, uids) = (first.Fact.Accounts.Accounts_.Select(x => x.Name).ToHashSet(), first.Fact.Accounts.Accounts_.Where(x => x.HasUid).Select(x => x.Uid).ToHashSet());
        foreach (var account in shown.Fact.Accounts.Accounts_.Where(x => IsPersons(x, shown.Fact.Accounts) && IsUsable(x)))
        {
            if (names.Contains(account.Name) || !uids.Add(account.Uid) || WasAnother(account, before.Fact.Accounts) || IsTaken(account, device, now)) continue;
            yield return new Credit(AccountTarget.Of(account), null, $"account {account.Name}, uid {account.Uid.ToString(CultureInfo.InvariantCulture)}", shown, before.ReportId)
            {
                NotBefore = IsWhole(before.Fact.Accounts) ? before.VerifiedAt : null,
                Reservation = "whether the account is the apprentice's own is not known",
            };
        }
    }

    public Standing Look(EvidenceItem item, DeviceCase device, DateTimeOffset now)
    {
        if (device.Facts[Fact.KindOneofCase.Accounts] is not { } shown || !IsWhole(shown.Fact.Accounts)) return Standing.NotKnown;
        return shown.Fact.Accounts.Accounts_.FirstOrDefault(x => x.HasUid && AccountTarget.Of(x) == item.Target) switch
        {
            // What has held is not gone when it is given another name.
            null when item.State == EvidenceState.Held && shown.Fact.Accounts.Accounts_.Any(x => x.HasUid && AccountTarget.UidIn(AccountTarget.Of(x)) == AccountTarget.UidIn(item.Target)) => Standing.NotKnown,
            null => new Standing.TakenBack("the account was removed, renamed or given another number"),
            { PasswordState: PasswordState.Empty } => new Standing.TakenBack("the account is open to everybody: it has no password"),
            { ShellClass: ShellClass.NoLogin } => new Standing.TakenBack("the account's shell lets nobody in any more"),
            _ => new Standing.Stands(shown.ReceivedAt, shown.VerifiedAt),
        };
    }

    public bool Explains(EvidenceItem item, AdminAct act)
    {
        var (name, uid) = (AccountOf(item), AccountTarget.UidIn(item.Target));
        return Trace.IsOnAccount(act, name, uid, AdminAct.Types.Action.AddAccount) || Trace.IsRun(act, name, "useradd", "adduser", "newusers");
    }

    public string AccountOf(EvidenceItem item) => AccountTarget.NameIn(item.Target);

    /// <summary>Whether all accounts of the device are listed.</summary>
    public static bool IsWhole(Accounts accounts) => accounts.Accounts_.Count > 0 && UnseenWords.Of(accounts.Unseen, "/etc/passwd") is null;

    private static bool IsPersons(Account account, Accounts all) =>
        account is { System: false, HasUid: true, Uid: not 0 and not Nobody } && account.Uid >= (all.HasUidMin ? all.UidMin : UsualUidMin);

    private static bool IsUsable(Account account) => account.ShellClass != ShellClass.NoLogin && account is not { HasPasswordState: true, PasswordState: PasswordState.Empty };

    private static bool WasAnother(Account account, Accounts before) => before.Accounts_.Any(x => x.HasUid && x.Uid == account.Uid && x.Name != account.Name);

    // A number whose account was credited, or was tried within the time: another name for it is the same account.
    private bool IsTaken(Account account, DeviceCase device, DateTimeOffset now) => device.Evidence.Any(item =>
        item.Act == Act && item.Target != AccountTarget.Of(account) && item.Target.EndsWith($" (uid {account.Uid.ToString(CultureInfo.InvariantCulture)})", StringComparison.Ordinal)
        && (item.State != EvidenceState.Undone || item.StateSince > now - Dwell));
}
