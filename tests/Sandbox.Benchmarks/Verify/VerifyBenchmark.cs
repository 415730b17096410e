using Sandbox.EndToEnd.Harness;

namespace Sandbox.Benchmarks.Verify;

/// <summary>
/// How long an auditor waits, and how much memory it takes: the real <c>sandbox-verify</c> on the bundle of a whole log with a million entries, each of them disclosed. The median of
/// five runs, the files being in the system's cache.
/// </summary>
internal static class VerifyBenchmark
{
    public const string Name = "verify";

    private const int Times = 5;

    public static async Task<Figures> RunAsync(CancellationToken ct)
    {
        using var files = new TemporaryFolder();
        var (zip, runs) = (files.At("bundle.zip"), new List<TimedProgram>());
        var key = await MillionEntries.WriteAsync(zip, files.At("entries.jsonl"), ct);
        for (var i = 0; i < Times; i++)
        {
            var run = await TimedProgram.RunAsync(files, Programs.Verify, [zip, "--key", key, "--no-remember"], ct);
            runs.Add(run.Output.Contains("PROVED: nothing shown here", StringComparison.Ordinal) ? run : throw new InvalidOperationException(run.Output));
        }
        var median = runs.OrderBy(run => run.WallSeconds).ElementAt(Times / 2);
        return new Figures().Add("million_s", median.WallSeconds, "s").Add("million_cpu_s", median.CpuSeconds, "s").Add("million_peak_mib", runs.Max(run => run.PeakMebibytes), "MiB")
            .Add("bundle_mib", new FileInfo(zip).Length / 1024.0 / 1024, "MiB");
    }
}
