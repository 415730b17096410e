using Sandbox.Protocol;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Agent.Acts.Correlating;

/// <summary>
/// What systemctl(1) and service(8) were told to start or stop. systemd starts and stops much by itself meanwhile, so only a unit that was named, and only
/// what the verb does to it, is the command's.
/// </summary>
internal static class ServiceCommand
{
    private static readonly string[] Restarts = ["restart", "try-restart"];
    private static readonly string[] Starts = [.. Restarts, "start"];
    private static readonly string[] Stops = [.. Restarts, "stop"];

    /// <summary>Whether the command made systemd do what the record tells.</summary>
    public static bool Did(AdminAct command, AdminAct record)
    {
        var isStart = record.Action is Action.StartService;
        var does = command.Arguments.Any(isStart ? Starts.Contains : Stops.Contains)
            || (command.Arguments.Contains("--now") && command.Arguments.Any(word => isStart ? word is "enable" or "reenable" : word is "disable" or "mask"));
        return does && record.Objects is [{ HasName: true } unit, ..] && command.Arguments.Any(word => word == unit.Name || word == $"{unit.Name}.service");
    }
}
