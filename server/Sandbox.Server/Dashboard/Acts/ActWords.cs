using Sandbox.Evidence.Attribution;
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
        { Actor: { HasSid: true } actor } => actor.Sid,
        { Actor: { HasLoginUid: true } actor } => $"uid {actor.LoginUid}",
        _ => null,
    };

    /// <summary>What was done: <c>added the account bob</c>.</summary>
    public static string What(AdminAct act)
    {
        // The group that comes and goes with an account of the same name is not said apart.
        var words = act.Objects.Select(one => Object(act, one)).Distinct(StringComparer.Ordinal).ToList();
        var objects = string.Join(", ", words.Take(MostObjects));
        var more = words.Count + act.MoreObjects - Math.Min(words.Count, MostObjects);
        if (more > 0) objects += $" and {more} more";
        return Verb(act) is { } verb ? $"{verb} {objects}".TrimEnd() : $"{act.Verb} {objects}".Trim();
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
        Method.A1 when act.Actor is { HasSid: true } => (Tone.Good, "A1", "the SID in an event of Windows' Security log"),
        Method.A1 => (Tone.Good, "A1", "the kernel's login uid"),
        Method.A2 when Forgeable.IsTextAlone(act) => (Tone.Warn, "A2", "sudo's line in a text log, which every account of the machine can write to"),
        Method.A2 => (Tone.Good, "A2", "a record whose sender is vouched for"),
        Method.A3 => (Tone.Warn, "A3", "text that anybody on the machine could have written"),
        Method.A4 => (Tone.Warn, "A4", "what the program was told by its environment"),
        _ => (Tone.Unknown, "nobody named", "no record names anybody"),
    };

    private static string Object(AdminAct act, ActObject one)
    {
        var name = one switch { { HasName: true } => one.Name, { Kind: "account" } => $"uid {one.Id}", { Kind: "group" } => $"gid {one.Id}", _ => one.Id };
        return (act.Action, one.HasDetail) switch
        {
            (AdminAct.Types.Action.AddMember, true) => $"{name} to {one.Detail}",
            (AdminAct.Types.Action.RemoveMember, true) => $"{name} from {one.Detail}",
            _ => name,
        };
    }

    // Null: the source's own words say it best.
    private static string? Verb(AdminAct act) => act.Action switch
    {
        AdminAct.Types.Action.Run => "ran with another user's rights",
        AdminAct.Types.Action.AddAccount => "added the account",
        AdminAct.Types.Action.ChangeAccount => "changed the account",
        AdminAct.Types.Action.RemoveAccount => "removed the account",
        AdminAct.Types.Action.AddGroup => "added the group",
        AdminAct.Types.Action.ChangeGroup => "changed the group",
        AdminAct.Types.Action.RemoveGroup => "removed the group",
        AdminAct.Types.Action.AddMember => act.Objects.Any(one => one.HasDetail) ? "added to a group:" : "added to a group, which the record does not name:",
        AdminAct.Types.Action.RemoveMember => act.Objects.Any(one => one.HasDetail) ? "removed from a group:" : "removed from a group, which the record does not name:",
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
        AdminAct.Types.Action.Elsewhere => $"did on another system than this machine: {act.Verb}".TrimEnd(' ', ':'),
        _ => null,
    };
}
