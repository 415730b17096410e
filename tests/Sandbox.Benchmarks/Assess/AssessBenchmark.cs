using Sandbox.Agent.Collecting;
using Sandbox.Evidence;
using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;

namespace Sandbox.Benchmarks.Assess;

/// <summary>
/// What it costs to assess one report: all kinds of facts changed, 60 rules, and what counts for every line of the schedule. One thread, its processor time; nothing is
/// stored. Every second report shows all that was mended, the others show it broken again. A third of it is warm-up.
/// </summary>
internal static class AssessBenchmark
{
    public const string Name = "assess";

    private const int Times = 30_000;
    private const int Batches = 30;
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    public static async Task<Figures> RunAsync(CancellationToken ct)
    {
        var (before, after) = await LabMachine.ReadAsync(ct);
        var (first, facts) = (Put(new DeviceFacts(), before, Now.AddDays(-2)), Put(new DeviceFacts(), before, Now.AddDays(-1)));
        var changed = after.Select(fact => fact.KindCase).ToHashSet();
        var device = new DeviceCase { Policy = SixtyRules.Policy, Facts = facts, Baseline = first, Changed = changed, OwnerIsApprentice = true, EnrolledAt = Now.AddDays(-3), Evidence = [] };
        ReportedFact[][] sets = [Reported(before, Now), Reported(after, Now)];
        var (findings, found) = (SixtyRules.Policy.Judge(Take(facts, sets[1]), Now).Findings.Count, Crediting.Judge(device, Now, Guid.NewGuid).Count);
        var turn = 0;
        var rules = Measure(() => SixtyRules.Policy.Judge(Take(facts, sets[++turn & 1]), Now), ct);
        var all = Measure(() => (SixtyRules.Policy.Judge(Take(facts, sets[++turn & 1]), Now), Crediting.Judge(device, Now, Guid.NewGuid)), ct);
        return new Figures()
            .Add("facts", changed.Count, "").Add("rules", SixtyRules.Count, "").Add("findings", findings, "").Add("evidence", found, "")
            .Add("rules_us", rules.Microseconds, "µs").Add("rules_bytes", rules.Bytes, "B").Add("us", all.Microseconds, "µs").Add("bytes", all.Bytes, "B");
    }

    // The middle of the batches.
    private static (double Microseconds, double Bytes) Measure<T>(Func<T> work, CancellationToken ct)
    {
        var (took, bytes) = (new List<double>(), 0.0);
        for (var batch = 0; batch < Batches + Batches / 2; batch++)
        {
            ct.ThrowIfCancellationRequested();
            var (began, allocated) = (ThreadTime.Now, GC.GetAllocatedBytesForCurrentThread());
            for (var i = 0; i < Times / Batches; i++) work();
            if (batch < Batches / 2) continue;
            took.Add((ThreadTime.Now - began).TotalMicroseconds / (Times / Batches));
            bytes = (double)(GC.GetAllocatedBytesForCurrentThread() - allocated) / (Times / Batches);
        }
        took.Sort();
        return (Figures.Percentile(took, 0.5), bytes);
    }

    private static DeviceFacts Take(DeviceFacts facts, ReportedFact[] reported)
    {
        foreach (var fact in reported) facts.Put(fact);
        return facts;
    }

    private static DeviceFacts Put(DeviceFacts facts, IReadOnlyList<Fact> all, DateTimeOffset at) => Take(facts, Reported(all, at));

    private static ReportedFact[] Reported(IReadOnlyList<Fact> all, DateTimeOffset at) => [.. all.Select(fact => new ReportedFact(fact, 7, at, at))];
}
