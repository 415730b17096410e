using Sandbox.Protocol;
using Sandbox.Server.Dashboard.Words;
using static Sandbox.Protocol.AdminAct.Types;

namespace Sandbox.Server.Dashboard.Acts;

/// <summary>Acts in words.</summary>
internal static class ActWords
{
    private const int MostObjects = 3;

    /// <summary>Who did it. Null: nobody can be named.</summary>
    public static string? Who(AdminAct act) => act switch
    {
        { Actor: { HasOsName: true } actor } => actor.OsName,
        { Actor: { HasLoginUid: true } actor } => $"uid {actor.LoginUid}",
        _ => null,
    };

    /// <summary>What was done: <c>added the account bob</c>.</summary>
    public static string What(AdminAct act)
    {
        var objects = string.Join(", ", act.Objects.Take(MostObjects).Select(one => one.HasName ? one.Name : one.Id));
        var more = act.Objects.Count + act.MoreObjects - Math.Min(act.Objects.Count, MostObjects);
        if (more > 0) objects += $" and {more} more";
        return Verb(act.Action) is { } verb ? $"{verb} {objects}".TrimEnd() : $"{act.Verb} {objects}".Trim();
    }

    /// <summary>The command, as far as it may be shown. Null: not known.</summary>
    public static string? Command(AdminAct act)
    {
        if (!act.HasProgram) return null;
        var words = string.Join(' ', [act.Program, .. act.Arguments]);
        return act.HiddenArguments == 0 ? words : $"{words} (and {act.HiddenArguments} {(act.HiddenArguments == 1 ? "argument" : "arguments")} that stayed on the device)";
    }

    /// <summary>How sure it is who did it: the word of the grade, and what it means.</summary>
    public static (Tone Tone, string Word, string Meaning) Sureness(AdminAct act) => act.Method switch
    {
        Method.A1 => (Tone.Good, "A1", "the kernel's login uid"),
        Method.A2 => (Tone.Good, "A2", "a record whose sender is vouched for"),
        Method.A3 => (Tone.Warn, "A3", "text that anybody on the machine could have written"),
        Method.A4 => (Tone.Warn, "A4", "what the program was told by its environment"),
        _ => (Tone.Unknown, "nobody named", "no record names anybody"),
    };

    // Null: the source's own words say it best.
    private static string? Verb(AdminAct.Types.Action action) => action switch
    {
        AdminAct.Types.Action.Run => "ran with another user's rights",
        AdminAct.Types.Action.AddAccount => "added the account",
        AdminAct.Types.Action.ChangeAccount => "changed the account",
        AdminAct.Types.Action.RemoveAccount => "removed the account",
        AdminAct.Types.Action.AddGroup => "added the group",
        AdminAct.Types.Action.ChangeGroup => "changed the group",
        AdminAct.Types.Action.RemoveGroup => "removed the group",
        AdminAct.Types.Action.AddMember => "added to a group:",
        AdminAct.Types.Action.RemoveMember => "removed from a group:",
        AdminAct.Types.Action.ChangePassword => "changed the password of",
        AdminAct.Types.Action.ChangeAgeing => "changed the ageing of the password of",
        AdminAct.Types.Action.LogIn => "logged in as",
        AdminAct.Types.Action.Install => "installed",
        AdminAct.Types.Action.Remove => "removed",
        AdminAct.Types.Action.Upgrade => "upgraded",
        AdminAct.Types.Action.Reinstall => "installed again",
        AdminAct.Types.Action.StartService => "started",
        AdminAct.Types.Action.StopService => "stopped",
        AdminAct.Types.Action.ChangePrinter => "changed the printer",
        AdminAct.Types.Action.RemovePrinter => "removed the printer",
        AdminAct.Types.Action.ChangeConnection => "changed the connection",
        AdminAct.Types.Action.ChangeAudit => "changed what is audited:",
        _ => null,
    };
}
