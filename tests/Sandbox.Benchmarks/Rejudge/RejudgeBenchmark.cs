using System.Diagnostics;
using Sandbox.Benchmarks.Ingest;
using Sandbox.EndToEnd.Harness;

namespace Sandbox.Benchmarks.Rejudge;

/// <summary>
/// What another policy costs a large lab: the real server is started with another one over a store of 10,000 devices with all that they said, while 16 live devices
/// report. How fast all are judged anew, what that takes of the processors, and how long acknowledgements take meanwhile and afterwards.
/// </summary>
internal static class RejudgeBenchmark
{
    public const string Name = "rejudge";

    private const int Devices = 10_000;
    private const int Live = 16;
    private const string Another = "stig";

    // The server of 320 reports a second is far from its limits: what they wait for is what stands in their way.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(30);

    public static async Task<Figures> RunAsync(CancellationToken ct)
    {
        var figures = new Figures();
        await MeasureAsync(figures, "sqlite.", null, null, ct);
        await using var postgres = await PostgresCluster.StartAsync(ct, durable: true);
        await MeasureAsync(figures, "postgres.", await postgres.CreateDatabaseAsync(ct), postgres, ct);
        return figures;
    }

    private static async Task MeasureAsync(Figures figures, string prefix, string? store, PostgresCluster? database, CancellationToken ct)
    {
        await using var lab = await Lab.StartOnAsync(store, ct);
        using var crowd = await Crowd.EnrolAsync(lab, Live, 1, ct, Pause);
        await lab.Server.StopAsync();
        var bytes = await QuietDevices.FillAsync(lab, Devices, ct);
        _ = (await lab.CommandAsync(ct, "init", "--policy", Another)).Worked;

        await lab.StartServerAsync(ct);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var running = crowd.RunAsync(end.Token);
        await Task.Delay(WarmUp, TimeProvider.System, ct);
        var meanwhile = await PhaseAsync(lab, crowd, database, running, async took => took > Longest || await QuietDevices.DueAsync(lab, ct) == 0, ct);
        var afterwards = await PhaseAsync(lab, crowd, database, running, took => ValueTask.FromResult(took >= Afterwards), ct);
        await end.CancelAsync();
        await running;

        var judged = meanwhile.Due - afterwards.Due;
        if (judged <= 0 || afterwards.Due > 0) throw new InvalidOperationException($"{judged} devices were judged while it was measured, and {afterwards.Due} are due.\n{lab.Logs}");
        figures.Add($"{prefix}fact_kb", bytes / 1024, "KiB")
            .Add($"{prefix}devices_per_s", judged / meanwhile.Took.TotalSeconds, "1/s")
            .Add($"{prefix}cpu_ms_per_device", (meanwhile.Cpu - afterwards.Cpu * (meanwhile.Took / afterwards.Took)) * 1000 / judged, "ms")
            .Add($"{prefix}p50_ms", Figures.Percentile(meanwhile.Latencies, 0.50), "ms").Add($"{prefix}p50_without_ms", Figures.Percentile(afterwards.Latencies, 0.50), "ms")
            .Add($"{prefix}p99_ms", Figures.Percentile(meanwhile.Latencies, 0.99), "ms").Add($"{prefix}p99_without_ms", Figures.Percentile(afterwards.Latencies, 0.99), "ms")
            .Add($"{prefix}report_delay_ratio", Figures.Percentile(meanwhile.Latencies, 0.99) / Figures.Percentile(afterwards.Latencies, 0.99), "");
    }

    private static async Task<Phase> PhaseAsync(Lab lab, Crowd crowd, PostgresCluster? database, Task running, Func<TimeSpan, ValueTask<bool>> isOver, CancellationToken ct)
    {
        var (due, began, cpu) = (await QuietDevices.DueAsync(lab, ct), Stopwatch.GetTimestamp(), Cpu(lab, database));
        crowd.Note();
        do await Task.Delay(Step, TimeProvider.System, ct);
        while (!running.IsCompleted && !await isOver(Stopwatch.GetElapsedTime(began)));
        return new Phase(due, Stopwatch.GetElapsedTime(began), Cpu(lab, database) - cpu, crowd.Noted());
    }

    private static double Cpu(Lab lab, PostgresCluster? database) => ProcessCpu.Seconds(lab.Server.Id) + (database is null ? 0 : ProcessCpu.SecondsOfFamily(database.Id));

    /// <summary>What was measured for a while.</summary>
    /// <param name="Due">Devices that were due when it began.</param>
    /// <param name="Took">How long it was.</param>
    /// <param name="Cpu">Processor seconds of the server, and of the database's processes where it has some.</param>
    /// <param name="Latencies">From sending to acknowledgement, in milliseconds, rising.</param>
    private sealed record Phase(int Due, TimeSpan Took, double Cpu, List<double> Latencies);
}
