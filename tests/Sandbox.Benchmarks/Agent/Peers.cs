using System.Net.NetworkInformation;
using Sandbox.EndToEnd.Harness;

namespace Sandbox.Benchmarks.Agent;

/// <summary>Other programs that watch machines, from Debian's packages, listening on loopback alone.</summary>
internal static class Peers
{
    public static RunningProgram Zabbix(TemporaryFolder files)
    {
        var settings = files.At("zabbix.conf");
        File.WriteAllLines(settings,
        [
            "Server=127.0.0.1", "Hostname=bench", "ListenIP=127.0.0.1", $"ListenPort={PortBelow(32_768)}", "LogType=console",
            $"ControlSocket={files.At("zabbix.sock")}", $"PluginSocket={files.At("plugins.sock")}",
        ]);
        return RunningProgram.Start("zabbix-agent2", "/usr/sbin/zabbix_agent2", "-f", "-c", settings);
    }

    public static RunningProgram NodeExporter() =>
        RunningProgram.Start("node-exporter", "/usr/bin/prometheus-node-exporter", $"--web.listen-address=127.0.0.1:{FreePorts.Two().One}");

    // As with --daemon it waits for a moment of chance before its next look, but stays the child that can be measured. That this is in the next hour happens once in 2,800 times.
    public static RunningProgram Ocs(TemporaryFolder files) =>
        RunningProgram.Start("ocsinventory-agent", "/usr/bin/ocsinventory-agent", "--wait=10000000", $"--local={files.Path}");

    // Zabbix takes no port that systems lend by themselves.
    private static int PortBelow(int end)
    {
        var taken = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port).ToHashSet();
        return Enumerable.Range(20_000, end - 20_000).First(port => !taken.Contains(port));
    }
}
