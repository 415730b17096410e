using Microsoft.Playwright;
using Sandbox.Benchmarks;
using Sandbox.Benchmarks.Agent;
using Sandbox.Benchmarks.Assess;
using Sandbox.Benchmarks.Ingest;
using Sandbox.Benchmarks.Log;
using Sandbox.Benchmarks.Rejudge;
using Sandbox.Benchmarks.Verify;

if (args is [Nothing.Name, .. var line]) return await Nothing.ServeAsync(line);

var benchmarks = new SortedDictionary<string, Func<CancellationToken, Task<Figures>>>(StringComparer.Ordinal)
{
    [AssessBenchmark.Name] = AssessBenchmark.RunAsync,
    [ChangeToPixel.Name] = ChangeToPixel.RunAsync,
    [Footprint.Name] = Footprint.RunAsync,
    [IngestBenchmark.Name] = IngestBenchmark.RunAsync,
    [LogBenchmark.Name] = LogBenchmark.RunAsync,
    [OneShot.Name] = OneShot.RunAsync,
    [RejudgeBenchmark.Name] = RejudgeBenchmark.RunAsync,
    [VerifyBenchmark.Name] = VerifyBenchmark.RunAsync,
};

if (args is not [var name] || !benchmarks.TryGetValue(name, out var benchmark))
{
    await Console.Error.WriteLineAsync($"Which benchmark? Type: tests/run bench NAME\n  {string.Join("\n  ", benchmarks.Keys)}");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) => pressed.Cancel = Cancelled(stop);
try
{
    (await benchmark(stop.Token)).Print(name);
    return 0;
}
catch (Exception fault) when (fault is TimeoutException or InvalidOperationException or PlaywrightException or OperationCanceledException)
{
    await Console.Error.WriteLineAsync($"{name} has no figures: {fault.Message}");
    return 1;
}

static bool Cancelled(CancellationTokenSource stop)
{
    stop.Cancel();
    return true;
}
