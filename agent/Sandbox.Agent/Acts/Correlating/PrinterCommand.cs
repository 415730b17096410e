using Sandbox.Protocol;
using static Sandbox.Protocol.AdminAct.Types;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Agent.Acts.Correlating;

/// <summary>What lpadmin(8) was told to do. CUPS' own log names no printer and is exact to the second, so the verb must fit, and a command has one line of it.</summary>
internal static class PrinterCommand
{
    private const string Removes = "-x";

    /// <summary>Whether the command made cupsd do what the record tells.</summary>
    public static bool Did(AdminAct command, AdminAct record) =>
        record.Action is Action.RemovePrinter == command.Arguments.Contains(Removes)
        && !command.Records.Any(known => known.Source is Source.Cups)
        // Behind sudo CUPS sees root. A name is that of somebody at CUPS' own page, or in the group lpadmin.
        && !record.Actor.HasOsName;

    /// <summary>The printer that such a command names. Null: it names none, or the act is another one.</summary>
    public static ActObject? Printer(AdminAct act)
    {
        if (act.Objects.Count > 0 || act.Action is not (Action.ChangePrinter or Action.RemovePrinter)) return null;
        for (var i = 1; i < act.Arguments.Count; i++)
            if (act.Arguments[i - 1] is "-p" or Removes or "-d" && !act.Arguments[i].StartsWith('-')) return new ActObject { Kind = "printer", Name = act.Arguments[i] };
        return null;
    }
}
