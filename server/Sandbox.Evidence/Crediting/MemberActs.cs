using Sandbox.Evidence.Attribution;
using Sandbox.Protocol;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Evidence.Crediting;

/// <summary>Acts by which an account comes into a group or out of it, and what evidence of it is called: <c>ben in sudo</c>.</summary>
internal static class MemberActs
{
    private const string Between = " in ";

    /// <summary>What evidence of an account in a group is called.</summary>
    public static string Target(string account, string group) => $"{account}{Between}{group}";

    /// <summary>The account in it.</summary>
    public static string AccountIn(string target) => target[..target.IndexOf(Between, StringComparison.Ordinal)];

    /// <summary>The group in it.</summary>
    public static string GroupIn(string target) => target[(target.IndexOf(Between, StringComparison.Ordinal) + Between.Length)..];

    /// <summary>Whether an act may have put it in.</summary>
    public static bool MayAdd(AdminAct act, string account, string group) =>
        IsOnMember(act, Action.AddMember, account, group) || IsOnGroup(act, group) || Trace.IsOnAccount(act, account, null, Action.AddAccount) || Trace.IsRun(act, account, "useradd")
        || (Trace.IsRun(act, account, "adduser") && (Names(act, group) || act.Arguments.Count(IsWord) == 1))
        || (Trace.IsRunWith(act, "gpasswd", "-a", "--add") && act.Arguments.Contains(account) && act.Arguments.Contains(group)) || (SetsGroups(act, account) && Names(act, group));

    /// <summary>Whether an act may have taken it out.</summary>
    public static bool MayRemove(AdminAct act, string account, string group) =>
        IsOnMember(act, Action.RemoveMember, account, group) || IsOnGroup(act, group) || (Trace.IsRun(act, account, "deluser") && Names(act, group))
        || (Trace.IsRunWith(act, "gpasswd", "-d", "--delete") && act.Arguments.Contains(account) && act.Arguments.Contains(group)) || (SetsGroups(act, account) && !OnlyAdds(act) && !Names(act, group));

    private static bool IsOnMember(AdminAct act, Action action, string account, string group) =>
        act.Action == action && act.Objects.Any(one => one.Kind == "account" && one.Name == account && (!one.HasDetail || one.Detail.Split(", ").Contains(group)));

    private static bool IsOnGroup(AdminAct act, string group) =>
        (act.Action == Action.ChangeGroup && act.Objects.Any(one => one.Kind == "group" && one.Name == group)) || Trace.IsRunOnFile(act, "/etc/group") || (Trace.IsRunWith(act, "gpasswd", "-M", "--members") && act.Arguments.Contains(group));

    // A list of groups stands in one word: usermod -aG lab,lpadmin ben.
    private static bool Names(AdminAct act, string group) => act.Arguments.Any(argument => argument.Split(',').Contains(group));

    private static bool SetsGroups(AdminAct act, string account) => Trace.IsRun(act, account, "usermod") && act.Arguments.Any(argument => argument == "--groups" || IsFlag(argument, 'G'));

    private static bool OnlyAdds(AdminAct act) => act.Arguments.Any(argument => argument == "--append" || IsFlag(argument, 'a'));

    private static bool IsFlag(string argument, char flag) => argument is ['-', not '-', ..] && argument.Contains(flag, StringComparison.Ordinal);

    private static bool IsWord(string argument) => argument is [not '-', ..];
}
