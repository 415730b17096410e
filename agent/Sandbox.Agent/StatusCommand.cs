using System.CommandLine;
using System.Text.Json;

namespace Sandbox.Agent;

/// <summary><c>sandbox-agent status [--data DIR] [--json]</c>: reads the agent's files; the agent need not run.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var (data, json) = (AgentOptions.Data(), new Option<bool>("--json") { Description = "Print JSON." });
        var command = new Command("status", "Says as what this machine is enrolled and whether it reports. Exit code 0: it does, 1: it does not, 2: not enrolled.") { data, json };
        command.SetAction(parse => Run(new AgentFolders(parse.GetValue(data)), parse.GetValue(json)));
        return command;
    }

    private static int Run(AgentFolders folders, bool json)
    {
        var status = DeviceStatus.Read(folders, TimeProvider.System);
        Console.WriteLine(json ? JsonSerializer.Serialize(status, DeviceStatusJson.Default.DeviceStatus) : string.Join('\n', status.Lines(TimeProvider.System.GetUtcNow())));
        return status.Connected ? 0 : 1;
    }
}
