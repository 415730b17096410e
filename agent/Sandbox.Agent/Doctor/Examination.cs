using Microsoft.Extensions.Logging.Abstractions;
using Sandbox.Agent.Collecting;
using static Sandbox.Protocol.CollectorHealth.Types;

namespace Sandbox.Agent.Doctor;

/// <summary>Runs every collector once and sets up its watches, as a running agent would, and takes down what came of it.</summary>
internal static class Examination
{
    /// <summary>Looks at the machine below a root folder; sends nothing.</summary>
    public static async Task<Diagnosis> OfAsync(string root, IReadOnlyList<ICollector> collectors, CancellationToken ct)
    {
        var (watches, auditd) = (Watches(root, collectors), Auditd.Of(new RootFolder(root)));
        var runner = new CollectorRunner(TimeProvider.System, NullLogger<CollectorRunner>.Instance);
        var parts = new List<PartDiagnosis>(collectors.Count);
        for (var lane = 0; lane < collectors.Count; lane++)
            parts.Add(Part(collectors[lane].Name, await runner.RunAsync(collectors[lane], ct), watches[lane], auditd));
        return new Diagnosis(Environment.UserName, Environment.IsPrivilegedProcess, parts);
    }

    private static (int Count, string? Trouble)[] Watches(string root, IReadOnlyList<ICollector> collectors)
    {
        var found = new (int, string?)[collectors.Count];
        using var watch = new LinuxFileWatch(
            new RootFolder(root), [.. collectors.Select(collector => collector.Watches)], _ => { }, (lane, count, trouble) => found[lane] = (count, trouble));
        return found;
    }

    private static PartDiagnosis Part(string name, CollectorRun run, (int Count, string? Trouble) watches, Auditd auditd)
    {
        var unseen = run.Facts.SelectMany(FactContent.Unseen).Select(one => auditd.Explain(new UnseenThing(one.What, one.Why, one.HasRemedy ? one.Remedy : null))).ToList();
        var (sight, message) = run.State switch
        {
            State.Ok => (Sight.Seen, null),
            State.Partial => (Sight.Partly, null),
            _ => (Sight.Failed, run.Message),
        };
        return new PartDiagnosis(name, sight, message, unseen, watches.Count, watches.Trouble, Math.Round(run.Took.TotalMilliseconds, 1));
    }
}
