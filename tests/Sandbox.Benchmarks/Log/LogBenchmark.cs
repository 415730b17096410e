using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using Sandbox.Benchmarks.Ingest;
using Sandbox.EndToEnd.Harness;
using Sandbox.Ledger;

namespace Sandbox.Benchmarks.Log;

/// <summary>
/// How fast the evidence log takes entries in, and how long they wait for a checkpoint, on each store, durably: the ingest writer's transactions and the
/// sequencer as the server runs it, in this process. What makes an entry (a salt, a hash) is part of it.
/// </summary>
internal static class LogBenchmark
{
    public const string Name = "log";

    private const int BatchSize = 1000;
    private const int SteadyPerSecond = 5000;
    private const int Proofs = 1000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(1);

    public static async Task<Figures> RunAsync(CancellationToken ct)
    {
        var figures = new Figures();
        await using var postgres = await PostgresCluster.StartAsync(ct, durable: true);
        var sqlite = await MeasureAsync(figures, "sqlite.", "sqlite", null, ct);
        var other = await MeasureAsync(figures, "postgres.", await postgres.CreateDatabaseAsync(ct), postgres, ct);
        return figures.Add("checkpoint_p99_ms", Math.Max(sqlite.Checkpoint, other.Checkpoint), "ms").Add("proof_ms", Math.Max(sqlite.Proof, other.Proof), "ms");
    }

    private static async Task<(double Checkpoint, double Proof)> MeasureAsync(Figures figures, string prefix, string store, PostgresCluster? database, CancellationToken ct)
    {
        await using var lab = await LogLab.OnAsync(store, ct);
        Append(lab, WarmUp);
        var (size, cpu) = (lab.Appended, Cpu(database));
        var took = Append(lab, Measured);
        figures.Add($"{prefix}append_per_s", (lab.Appended - size) / took.TotalSeconds, "1/s").Add($"{prefix}append_cpu_s_per_100k", (Cpu(database) - cpu) / (lab.Appended - size) * 100_000, "s");

        // The backlog first: it is the sequencer's warm-up, and its speed alone.
        var (began, pending) = (Stopwatch.GetTimestamp(), lab.Appended);
        await lab.StartAsync(ct);
        await lab.CoverAsync(ct);
        figures.Add($"{prefix}sequence_per_s", pending / Stopwatch.GetElapsedTime(began).TotalSeconds, "1/s");

        (size, cpu, began) = (lab.Appended, Cpu(database), Stopwatch.GetTimestamp());
        await Task.Run(() => Append(lab, Measured), ct);
        await lab.CoverAsync(ct);
        figures.Add($"{prefix}covered_per_s", (lab.Appended - size) / Stopwatch.GetElapsedTime(began).TotalSeconds, "1/s").Add($"{prefix}covered_cpu_s_per_100k", (Cpu(database) - cpu) / (lab.Appended - size) * 100_000, "s");

        (size, cpu, began) = (lab.Appended, Cpu(database), Stopwatch.GetTimestamp());
        var waits = await SteadyAsync(lab, ct);
        figures.Add($"{prefix}steady_per_s", (lab.Appended - size) / Stopwatch.GetElapsedTime(began).TotalSeconds, "1/s").Add($"{prefix}steady_cpu_s_per_100k", (Cpu(database) - cpu) / (lab.Appended - size) * 100_000, "s");
        var proofs = await ProveAsync(lab, ct);
        var (p99, proof) = (Figures.Percentile(waits, 0.99), Figures.Percentile(proofs, 0.5));
        figures.Add($"{prefix}checkpoint_p50_ms", Figures.Percentile(waits, 0.5), "ms").Add($"{prefix}checkpoint_p99_ms", p99, "ms");
        figures.Add($"{prefix}proof_p50_ms", proof, "ms").Add($"{prefix}proof_p99_ms", Figures.Percentile(proofs, 0.99), "ms");
        return (p99, proof);
    }

    private static TimeSpan Append(LogLab lab, TimeSpan time)
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < time) lab.Append(BatchSize);
        return Stopwatch.GetElapsedTime(began);
    }

    // From each commit to the checkpoint that covers it, in milliseconds, rising.
    private static async Task<List<double>> SteadyAsync(LogLab lab, CancellationToken ct)
    {
        var (waiting, waits, over) = (new ConcurrentQueue<(long Size, long At)>(), new List<double>(), false);
        var seeing = Task.Run(async () =>
        {
            while (!Volatile.Read(ref over) || !waiting.IsEmpty)
            {
                while (waiting.TryPeek(out var batch) && lab.Covered >= batch.Size && waiting.TryDequeue(out _)) waits.Add(Stopwatch.GetElapsedTime(batch.At).TotalMilliseconds);
                await Task.Delay(Look, TimeProvider.System, ct);
            }
        }, ct);
        var (began, first) = (Stopwatch.GetTimestamp(), lab.Appended);
        while (Stopwatch.GetElapsedTime(began) is var elapsed && elapsed < Measured)
        {
            var due = (int)((elapsed.TotalSeconds * SteadyPerSecond) - (lab.Appended - first));
            if (due > 0)
            {
                lab.Append(due);
                waiting.Enqueue((lab.Appended, Stopwatch.GetTimestamp()));
            }
            await Task.Delay(Tick, TimeProvider.System, ct);
        }
        Volatile.Write(ref over, true);
        await seeing;
        waits.Sort();
        return waits;
    }

    // The way of one entry to the root out of the store, checked, in milliseconds, rising.
    private static async Task<List<double>> ProveAsync(LogLab lab, CancellationToken ct)
    {
        var head = await lab.Store.HeadAsync("", ct);
        var times = new List<double>();
        for (var i = 0; i < 2 * Proofs; i++)
        {
            var (began, index) = (Stopwatch.GetTimestamp(), RandomNumberGenerator.GetInt32((int)head.Size));
            var leaf = (await lab.Store.LeavesAsync(index, 1, ct))[0];
            var path = await new TreeReader(head.Size, lab.Store.TileAsync).InclusionAsync(index, ct);
            if (!MerkleProof.IsIncluded(MerkleHash.Leaf(leaf), index, head.Size, head.Root, path)) throw new InvalidOperationException($"Entry {index} is not proved.");
            // The first half is warm-up.
            if (i >= Proofs) times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        times.Sort();
        return times;
    }

    private static double Cpu(PostgresCluster? database) => ProcessCpu.Seconds(Environment.ProcessId) + (database is null ? 0 : ProcessCpu.SecondsOfFamily(database.Id));
}
