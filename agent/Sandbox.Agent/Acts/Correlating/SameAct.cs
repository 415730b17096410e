using Sandbox.Agent.Acts.Redaction;
using Sandbox.Protocol;
using static Sandbox.Protocol.AdminAct.Types;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Agent.Acts.Correlating;

/// <summary>Whether a record tells of an act that others told of before.</summary>
internal static class SameAct
{
    // Clocks of logs that are exact to the second, and the time between sudo and what it runs.
    private static readonly TimeSpan Near = TimeSpan.FromSeconds(2);

    // passwd and adduser wait for somebody to type.
    private static readonly TimeSpan OneProcess = TimeSpan.FromMinutes(1);

    // apt writes down when it begins to install: after downloads and questions.
    private static readonly TimeSpan BeforeApt = TimeSpan.FromHours(1);

    private static readonly Dictionary<string, string[]> Runs = new(StringComparer.Ordinal)
    {
        ["adduser"] = ["useradd", "groupadd", "usermod", "passwd", "chage", "gpasswd", "chfn"],
        ["addgroup"] = ["groupadd"],
        ["deluser"] = ["userdel", "groupdel", "gpasswd", "usermod"],
        ["delgroup"] = ["groupdel"],
        ["newusers"] = ["useradd"],
        ["vipw"] = [],
        ["lpadmin"] = ["cupsd"],
        ["nmcli"] = ["NetworkManager"],
        ["nmtui"] = ["NetworkManager"],
        ["systemctl"] = ["systemd"],
        ["service"] = ["systemd"],
    };

    /// <summary>Whether the record belongs to the act.</summary>
    public static bool Is(AdminAct act, AdminAct record)
    {
        if (act.Records.Any(known => IsRead(known, record.Records[0]))) return true;
        if (record.Source is Source.AptHistory) return IsAptOf(act, record);
        if (SessionsDiffer(act, record)) return false;
        if (OneProcessOf(act, record)) return true;
        if (!IsNear(act, record, Near)) return false;
        return SameCommand(act, record) || SameText(act, record) || RanIt(act, record) || RanIt(record, act);
    }

    /// <summary>It was typed as a command, as far as we know what.</summary>
    public static bool HasCommand(AdminAct act) => act.Arguments.Count > 0 || act.HiddenArguments > 0 || act.Action is Action.Run;

    // In a log that was cut, another record comes to lie where one lay before.
    private static bool IsRead(ActRecord known, ActRecord record) =>
        known.Source == record.Source && known.SourceId == record.SourceId && known.OccurredAt.Equals(record.OccurredAt) && known.HasPid == record.HasPid && known.Pid == record.Pid;

    private static bool OneProcessOf(AdminAct act, AdminAct record)
    {
        // Process 1 does everything.
        if (!record.Records[0].HasPid || record.Records[0].Pid <= 1 || !IsNear(act, record, OneProcess)) return false;
        if (HasCommand(act) && HasCommand(record)) return SameCommand(act, record);
        return act.Records.Any(known => known.HasPid && known.Pid == record.Records[0].Pid);
    }

    private static bool IsAptOf(AdminAct act, AdminAct stanza)
    {
        var after = stanza.OccurredAt.ToDateTimeOffset() - act.OccurredAt.ToDateTimeOffset();
        return after >= -Near && after <= BeforeApt && act.Action is Action.Run && SameWords(act, stanza) && Name(stanza.Program) is "apt" or "apt-get" or "aptitude";
    }

    // One source tells of one command once.
    private static bool SameCommand(AdminAct act, AdminAct record) =>
        HasCommand(act) && HasCommand(record) && SameWords(act, record) && !act.Records.Any(known => TellsOfAnother(known, record.Records[0]));

    // Records of the same source with different processes may be those of sudo and of what it ran.
    private static bool TellsOfAnother(ActRecord known, ActRecord record) =>
        known.Source == record.Source && (known.Source is Source.Audit || !known.HasPid || !record.HasPid || known.Pid == record.Pid);

    private static bool SameText(AdminAct act, AdminAct record) =>
        act.Action == record.Action && !HasCommand(act) && !HasCommand(record) && Name(act.Program) == Name(record.Program)
        && act.Objects.Count > 0 && record.Objects.Count > 0 && act.Objects[0].Name == record.Objects[0].Name && act.Objects[0].HasName
        && !act.Records.Any(known => known.Source == record.Source)
        && (!record.Records[0].HasPid || act.Records.All(known => !known.HasPid));

    // The command of one is what made the tool of the other write its record.
    private static bool RanIt(AdminAct command, AdminAct tool)
    {
        if (!HasCommand(command) || HasCommand(tool) || WroteBefore(tool, command)) return false;
        var (ran, did) = (Name(command.Program), tool.Action is Action.StartService or Action.StopService ? "systemd" : Name(tool.Program));
        if (ran != did && !(Runs.TryGetValue(ran, out var others) && others.Contains(did))) return false;
        if (did == "systemd") return ServiceCommand.Did(command, tool);
        if (did == "cupsd") return PrinterCommand.Did(command, tool);
        // Which connection it was told is not shown. Behind sudo NetworkManager sees root; another uid is that of somebody at a desktop.
        if (did == "NetworkManager") return tool.Actor is not { HasOsUid: true, OsUid: > 0 } && !command.Arguments.Any(word => word is "show" or "list");
        // adduser's useradd and groupadd name the same; chpasswd is told by other ways than arguments.
        return tool.Objects.Count == 0 || !tool.Objects[0].HasName || command.Arguments.Count == 0 || Names(command, tool.Objects[0].Name);
    }

    // What a command made wrote its records after it. Clocks of two sources are not the same to the millisecond; that of one is.
    private static bool WroteBefore(AdminAct tool, AdminAct command) =>
        command.Records.Any(typed => tool.Records.Any(written => written.Source == typed.Source && written.OccurredAt < typed.OccurredAt));

    private static bool Names(AdminAct command, string name) =>
        command.Arguments.Any(word => word == name || word.Split(',').Contains(name));

    private static bool SameWords(AdminAct act, AdminAct record) =>
        Name(act.Program) == Name(record.Program) && act.HiddenArguments == record.HiddenArguments && act.Arguments.SequenceEqual(record.Arguments);

    private static bool SessionsDiffer(AdminAct act, AdminAct record) =>
        act.Actor.HasSession && record.Actor.HasSession && act.Actor.Session != record.Actor.Session;

    private static bool IsNear(AdminAct act, AdminAct record, TimeSpan span)
    {
        var at = record.OccurredAt.ToDateTimeOffset();
        foreach (var known in act.Records)
            if ((at - known.OccurredAt.ToDateTimeOffset()).Duration() <= span) return true;
        return false;
    }

    private static string Name(string program) => new Redacted(program, [], 0).Name;
}
