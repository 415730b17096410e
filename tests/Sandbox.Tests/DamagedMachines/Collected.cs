using Microsoft.Extensions.Logging.Abstractions;
using Sandbox.Agent;
using Sandbox.Agent.Collecting;

namespace Sandbox.Tests.DamagedMachines;

/// <summary>Runs every collector once, as the agent does.</summary>
internal static class Collected
{
    public static async Task<IReadOnlyList<(string Name, CollectorRun Run)>> FromAsync(string root, CancellationToken ct)
    {
        var runner = new CollectorRunner(TimeProvider.System, NullLogger<CollectorRunner>.Instance);
        var runs = new List<(string, CollectorRun)>();
        foreach (var collector in AllCollectors.For(root)) runs.Add((collector.Name, await runner.RunAsync(collector, ct)));
        return runs;
    }
}
