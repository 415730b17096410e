using Sandbox.Evidence.Passwords;
using Sandbox.Protocol;
using static Sandbox.Protocol.Account.Types;

namespace Sandbox.Evidence.Crediting;

/// <summary>Whether somebody can work with an account: levels of access are those of people who are there.</summary>
internal static class WorkingAccount
{
    /// <summary>It lets somebody in by a password, and is not root's.</summary>
    public static bool Is(DeviceCase device, string name, DateTimeOffset now) => Find(device, name, now) is { HasPasswordState: true, PasswordState: PasswordState.Set };

    /// <summary>The same, or no password was set yet: the next command may do that, and a key lets in without.</summary>
    public static bool MayBecome(DeviceCase device, string name, DateTimeOffset now) => Find(device, name, now) is { HasPasswordState: true, PasswordState: PasswordState.Set or PasswordState.None };

    /// <summary>It is there and is known to be shut; what is not known takes nothing back.</summary>
    public static bool IsShut(DeviceCase device, string name, DateTimeOffset now) =>
        device.Facts[Fact.KindOneofCase.Accounts] is { Fact.Accounts: var accounts } && accounts.Accounts_.FirstOrDefault(one => one.Name == name) is { HasPasswordState: true } && !Is(device, name, now);

    private static Account? Find(DeviceCase device, string name, DateTimeOffset now) =>
        device.Facts[Fact.KindOneofCase.Accounts] is not { Fact.Accounts: var accounts } ? null : LocalPeople.Of(accounts).FirstOrDefault(one => one.Name == name && one.Uid != 0 && one.ShellClass != ShellClass.NoLogin
            && !(one is { HasAccountExpiresDay: true, AccountExpiresDay: > 0 and var end } && end <= Day.Of(now)));
}
