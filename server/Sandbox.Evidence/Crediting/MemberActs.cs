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
    public static string AccountIn(string target) => target[..target.LastIndexOf(Between, StringComparison.Ordinal)];

    /// <summary>The group in it.</summary>
    public static string GroupIn(string target) => target[(target.LastIndexOf(Between, StringComparison.Ordinal) + Between.Length)..];

    /// <summary>Whether an act may have put it in.</summary>
    public static bool MayAdd(AdminAct act, string account, string group) =>
        IsOnMember(act, Action.AddMember, account, group) || Trace.IsOnAccount(act, account, null, Action.AddAccount) || Trace.IsRun(act, account, "useradd", "adduser")
        || IsOnGroup(act, group) || IsRunOnMember(act, account, group) || (Trace.IsRun(act, account, "usermod") && act.Arguments.Any(NamesGroups));

    /// <summary>Whether an act may have taken it out.</summary>
    public static bool MayRemove(AdminAct act, string account, string group) =>
        IsOnMember(act, Action.RemoveMember, account, group) || IsOnGroup(act, group) || IsRunOnMember(act, account, group, "deluser") || (Trace.IsRun(act, account, "usermod") && act.Arguments.Any(SetsGroups));

    private static bool IsOnMember(AdminAct act, Action action, string account, string group) =>
        act.Action == action && act.Objects.Any(one => one.Kind == "account" && one.Name == account && (!one.HasDetail || one.Detail.Split(", ").Contains(group)));

    private static bool IsOnGroup(AdminAct act, string group) =>
        (act.Action == Action.ChangeGroup && act.Objects.Any(one => one.Kind == "group" && one.Name == group)) || Trace.IsRunOnFile(act, "/etc/group") || (Trace.IsRunWith(act, "gpasswd", "-M", "--members") && act.Arguments.Contains(group));

    private static bool IsRunOnMember(AdminAct act, string account, string group, params ReadOnlySpan<string> others) => (Trace.IsRun(act, account, "gpasswd") || Trace.IsRun(act, account, others)) && act.Arguments.Contains(group);

    private static bool NamesGroups(string argument) => argument == "--groups" || (argument is ['-', not '-', ..] && argument.Contains('G', StringComparison.Ordinal));

    // usermod -G and -rG; -aG only adds.
    private static bool SetsGroups(string argument) => NamesGroups(argument) && (argument[1] == '-' || !argument.Contains('a', StringComparison.Ordinal));
}
