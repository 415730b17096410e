using System.Diagnostics;
using Sandbox.EndToEnd.Harness;

namespace Sandbox.Benchmarks.Ingest;

/// <summary>
/// How many reports a second the whole server takes in, and what they cost it: the real program with mutual TLS, durable commits, judgement and
/// log, in a process of its own; the load comes from this process. The ratio compares it with the same server that stores and judges nothing.
/// </summary>
internal static class IngestBenchmark
{
    public const string Name = "ingest";

    // Until then the runtime still compiles what is busy: after 200,000 reports that took a third of the processor.
    private const long WarmUp = 2_000_000;
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(10);

    // A few busy devices empty their spools in larger messages; of a crowd each says little at a time; who is live sends each report by itself.
    private static readonly (int Streams, int ReportsPerMessage, string Figure)[] Loads = [(16, 16, ""), (200, 4, "streams200."), (16, 1, "live.")];

    public static async Task<Figures> RunAsync(CancellationToken ct)
    {
        var figures = new Figures();
        await using var postgres = await PostgresCluster.StartAsync(ct, durable: true);
        foreach (var (streams, reportsPerMessage, figure) in Loads)
        {
            var load = new Load(streams, reportsPerMessage);
            var nothing = await MeasureAsync(load, null, null, ct, Environment.ProcessPath!, Nothing.Name);
            figures.Add($"nothing.{figure}per_s", nothing.PerSecond, "1/s").Add($"nothing.{figure}cpu_s_per_100k", nothing.CpuPer100K, "s");
            Add(figures, $"sqlite.{figure}", await MeasureAsync(load, null, null, ct), nothing);
            var stored = await MeasureAsync(load, await postgres.CreateDatabaseAsync(ct), postgres, ct);
            Add(figures, $"postgres.{figure}", stored, nothing);
            figures.Add($"postgres.{figure}database_cpu_s_per_100k", stored.DatabaseCpuPer100K, "s");
        }
        return figures;
    }

    private static void Add(Figures figures, string prefix, Measurement store, Measurement nothing) => figures
        .Add($"{prefix}per_s", store.PerSecond, "1/s")
        .Add($"{prefix}cpu_ratio", store.CpuPer100K / nothing.CpuPer100K, "")
        .Add($"{prefix}cpu_s_per_100k", store.CpuPer100K, "s")
        .Add($"{prefix}p50_ms", Figures.Percentile(store.Latencies, 0.50), "ms")
        .Add($"{prefix}p99_ms", Figures.Percentile(store.Latencies, 0.99), "ms");

    private static async Task<Measurement> MeasureAsync(Load load, string? store, PostgresCluster? database, CancellationToken ct, params string[] serverLine)
    {
        await using var lab = await Lab.StartOnAsync(store, ct, serverLine);
        using var crowd = await Crowd.EnrolAsync(lab, load.Streams, load.ReportsPerMessage, ct);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var running = crowd.RunAsync(end.Token);
        for (var start = Stopwatch.GetTimestamp(); !running.IsCompleted && crowd.Acknowledged < WarmUp && Stopwatch.GetElapsedTime(start) < LongestWarmUp;)
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, ct);

        crowd.Note();
        var (began, reports, cpu, its) = (Stopwatch.GetTimestamp(), crowd.Acknowledged, ProcessCpu.Seconds(lab.Server.Id), CpuOf(database));
        await Task.WhenAny(running, Task.Delay(Measured, TimeProvider.System, ct));
        var (took, taken, used) = (Stopwatch.GetElapsedTime(began), crowd.Acknowledged - reports, ProcessCpu.Seconds(lab.Server.Id) - cpu);
        its = CpuOf(database) - its;

        await end.CancelAsync();
        await running;
        if (taken == 0) throw new InvalidOperationException($"The server took nothing.\n{lab.Logs}");
        return new Measurement(taken / took.TotalSeconds, used / taken * 100_000, its / taken * 100_000, crowd.Noted());
    }

    private static double CpuOf(PostgresCluster? database) => database is null ? 0 : ProcessCpu.SecondsOfFamily(database.Id);

    /// <summary>What comes in.</summary>
    /// <param name="Streams">Devices, each with its own connection.</param>
    /// <param name="ReportsPerMessage">Reports in a message.</param>
    private sealed record Load(int Streams, int ReportsPerMessage);

    /// <summary>What one load came to.</summary>
    /// <param name="PerSecond">Reports acknowledged a second.</param>
    /// <param name="CpuPer100K">Processor seconds of the server's process per 100,000 reports.</param>
    /// <param name="DatabaseCpuPer100K">The same of the database's processes; 0: it has none of its own.</param>
    /// <param name="Latencies">From sending to acknowledgement, in milliseconds, rising.</param>
    private sealed record Measurement(double PerSecond, double CpuPer100K, double DatabaseCpuPer100K, List<double> Latencies);
}
