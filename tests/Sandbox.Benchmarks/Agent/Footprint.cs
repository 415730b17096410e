using System.Globalization;
using Sandbox.Benchmarks.Ingest;
using Sandbox.EndToEnd.Harness;

namespace Sandbox.Benchmarks.Agent;

/// <summary>
/// What an idle agent costs: the shipped native program, on this very machine, connected by mutual TLS to a real server, beside three others that
/// watch machines. The others are asked nothing meanwhile, which is the least that they can cost.
/// </summary>
internal static class Footprint
{
    public const string Name = "footprint";

    // A spool without a report is smaller than this.
    private const long EmptySpool = 200;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(30);

    private static TimeSpan Idle => TimeSpan.FromMinutes(
        double.TryParse(Environment.GetEnvironmentVariable("SANDBOX_MINUTES"), CultureInfo.InvariantCulture, out var minutes) ? minutes : 10);

    public static async Task<Figures> RunAsync(CancellationToken ct)
    {
        await using var lab = await Lab.StartAsync(ct);
        var agent = lab.AddAgent("bench-eight", NativeAgent.Path);
        agent.Root = "/";
        _ = (await agent.EnrolAsync(await lab.JoinCodeAsync(ct), ct)).Worked;
        var began = TimeProvider.System.GetTimestamp();
        agent.Start();
        await Patience.UntilAsync("The first fact is in the spool", LongestStart, () => SpoolBytes(agent) > EmptySpool, ct);
        var first = TimeProvider.System.GetElapsedTime(began);

        using var files = new TemporaryFolder();
        await using var zabbix = Peers.Zabbix(files);
        await using var exporter = Peers.NodeExporter();
        await using var ocs = Peers.Ocs(files);
        await Task.Delay(Settling, TimeProvider.System, ct);
        var figures = new Figures().Add("minutes", Idle.TotalMinutes, "min").Add("first_fact_ms", first.TotalMilliseconds, "ms");
        var idle = new[] { ("agent", agent.Process), ("zabbix_agent2", zabbix), ("node_exporter", exporter), ("ocsinventory", ocs) }.Select(one => new IdleProcess(one.Item1, one.Item2)).ToList();
        await Task.Delay(Idle, TimeProvider.System, ct);
        foreach (var one in idle) one.AddTo(figures, Idle);
        return figures;
    }

    private static long SpoolBytes(LabAgent agent) =>
        Directory.Exists(agent.Spool) ? new DirectoryInfo(agent.Spool).EnumerateFiles().Sum(file => file.Length) : 0;

    private sealed class IdleProcess(string name, RunningProgram program)
    {
        private readonly double _cpu = program.HasExited ? throw new InvalidOperationException($"{name} ended at once: {program.Log}") : ProcessCpu.Seconds(program.Id);
        private readonly ProcessSize _before = ProcessSize.Of(program.Id);

        public void AddTo(Figures figures, TimeSpan idle)
        {
            if (program.HasExited) throw new InvalidOperationException($"{name} ended meanwhile: {program.Log}");
            var now = ProcessSize.Of(program.Id);
            figures
                .Add($"{name}.resident_mib", now.ResidentMebibytes, "MiB")
                .Add($"{name}.proportional_mib", now.ProportionalMebibytes, "MiB")
                .Add($"{name}.resident_growth_mib", now.ResidentMebibytes - _before.ResidentMebibytes, "MiB")
                .Add($"{name}.cpu_percent", 100 * (ProcessCpu.Seconds(program.Id) - _cpu) / idle.TotalSeconds, "% of a core")
                .Add($"{name}.descriptors", now.Descriptors, "")
                .Add($"{name}.descriptor_growth", now.Descriptors - _before.Descriptors, "");
        }
    }
}
