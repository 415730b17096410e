using Sandbox.Protocol;
using Sandbox.Tests.Acts;
using static Sandbox.Tests.Evidence.Crediting.Watched;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Tests.Lab;

/// <summary>
/// Sessions whose acts nobody here wrote: the agent's own readers take them out of the logs of a real session (Acts/Recorded/README.md), in which a user logged in with a key and
/// worked through sudo, took another login uid, and forged lines.
/// </summary>
internal static class RecordedWork
{
    public static IReadOnlyList<Session> All()
    {
        var (both, text) = (Read(ActMachine.Audit, ActMachine.Auth), Read(ActMachine.Auth));
        return
        [
            Session.Recorded(Adds("recksmith", 1002), "recorded: useradd through sudo", counts: true, Of(both, Action.AddAccount, "recksmith")),
            Session.Recorded(Ages("recksmith"), "recorded: chage through sudo", counts: true, Of(both, Action.ChangeAgeing, "recksmith")),
            Session.Recorded(Closes("recksmith", 1002), "recorded: userdel through sudo", counts: true, Of(both, Action.RemoveAccount, "recksmith")),
            Session.Recorded(Adds("recksmith", 1002), "recorded: sudo's line in a text log alone", counts: false, Of(text, Action.AddAccount, "recksmith")),
            Session.Recorded(Adds("rectaken", 1003), "recorded: by a shell that took another login uid", counts: false, Of(both, Action.AddAccount, "rectaken")),
            Session.Recorded(Adds("recsys", 1004), "recorded: a package's account", counts: false, Of(both, Action.AddAccount, "recsys")),
            Session.Recorded(Adds("forged", 1005), "recorded: lines forged with logger", counts: false, both.Single(act => act.Objects.Any(one => one.Name == "forged"))),
        ];
    }

    private static Work Adds(string name, uint uid) => new("1.3", "adds an account", Elif(), Elif(Person(name, uid)), _ => { });

    private static Work Closes(string name, uint uid) => new("1.9", "closes an account", Elif(Person(name, uid)), Elif(), _ => { });

    private static Work Ages(string name) => new("7.1", "puts the age of a password right", Elif(Aged(name, 99999)), Elif(Aged(name, 90)), _ => { });

    private static Account Aged(string name, int days) => Person(name, 1002, x => (x.LastChangeDay, x.MaxDays) = ((LabBench.Start - DateTimeOffset.UnixEpoch).Days - 10, days));

    private static Fact Elif(params Account[] more) => Work.Accounts([Person("elif", 1000), .. more]);

    private static AdminAct Of(List<AdminAct> acts, Action action, string name) => acts.First(act => act.Action == action && act.Objects.Any(one => one.Name == name));

    private static List<AdminAct> Read(params string[] logs)
    {
        using var machine = ActMachine.Started();
        foreach (var log in logs) machine.Append(log, File.ReadAllText(ActMachine.Recorded(Path.GetFileName(log))));
        var acts = machine.RunAll();
        var gone = acts.SelectMany(act => act.Replaces).ToHashSet();
        return acts.FindAll(act => !gone.Contains(act.Id));
    }
}
