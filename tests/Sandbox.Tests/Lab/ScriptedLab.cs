using Sandbox.Evidence.Crediting;
using Sandbox.Storage.Crediting;

namespace Sandbox.Tests.Lab;

/// <summary>
/// Measured truth: what apprentices do, what cheats and what machines do by themselves, through a real server. Prints what was found of it, by line; nothing
/// false may stand at E2, and nearly all honest work must.
/// </summary>
public sealed class ScriptedLab
{
    private const double LeastRecall = 0.95;

    [Fact]
    public async Task Honest_work_is_found_and_nothing_else_is_taken_for_it()
    {
        await using var bench = await LabBench.StartAsync();

        var lived = await bench.LiveAsync(Session.All());

        var honest = lived.Where(x => x.Session.Counts).ToList();
        var found = honest.Where(x => Best(x.Session, x.Earned) is { State: EvidenceState.Held } best && best.PersonId == bench.Anna).ToList();
        var taken = lived.Where(x => !x.Session.Counts && Best(x.Session, x.Earned) is not null).ToList();
        var strays = lived.SelectMany(x => x.Earned.Where(row => Stands(row) && row.Line != x.Session.Work.Line && !x.Session.Work.Also.Contains(row.Act)).Select(_ => x)).ToList();
        var wrong = lived.Where(x => x.Earned.Any(row => row.Grade >= Grade.E2 && row.NamedPersonId is { } named && named != bench.Anna)).ToList();
        Print(lived, found, taken);
        Say($"lab.sessions: {lived.Count}");
        Say($"lab.cheats_and_noise: {lived.Count - honest.Count}");
        Say($"lab.false_evidence: {taken.Count + strays.Count}");
        Say(FormattableString.Invariant($"lab.recall: {(double)found.Count / honest.Count:0.00}"));
        Say($"lab.attribution_errors: {wrong.Count}");
        var third = found.Where(x => Best(x.Session, x.Earned)!.Grade == Grade.E3).ToList();
        Say($"lab.seen_by_a_second_machine: {third.Count}");
        Assert.Equal([], taken.Concat(strays).Concat(wrong).Select(Name));
        // The one work of the lab that another machine can see, and each time it did.
        Assert.Equal(honest.Where(x => x.Session.Work.Line == "1.6").Select(Name), third.Select(Name));
        Assert.True(found.Count >= LeastRecall * honest.Count, $"Not found: {string.Join("; ", honest.Except(found).Select(Name))}");
    }

    // What stands at E2 or above for the line of the session.
    private static StoredEvidence? Best(Session session, IEnumerable<StoredEvidence> earned) =>
        earned.FirstOrDefault(row => row.Line == session.Work.Line && Stands(row));

    private static bool Stands(StoredEvidence row) => row.Grade >= Grade.E2 && row.State is EvidenceState.Held or EvidenceState.Watched;

    private static void Print(
        IReadOnlyList<(Session Session, IReadOnlyList<StoredEvidence> Earned)> lived, List<(Session Session, IReadOnlyList<StoredEvidence> Earned)> found, List<(Session Session, IReadOnlyList<StoredEvidence> Earned)> taken)
    {
        Say("| line | work | honest sessions found | others taken for it |");
        Say("|---|---|---|---|");
        foreach (var work in lived.GroupBy(x => (x.Session.Work.Line, x.Session.Work.Name)).OrderBy(group => group.Key.Line, StringComparer.Ordinal))
        {
            var honest = work.Count(x => x.Session.Counts);
            Say($"| {work.Key.Line} | {work.Key.Name} | {work.Count(found.Contains)} of {honest} | {work.Count(taken.Contains)} of {work.Count() - honest} |");
        }
    }

    private static string Name((Session Session, IReadOnlyList<StoredEvidence> Earned) lived) =>
        $"{lived.Session.Work.Line} {lived.Session.Work.Name}, {lived.Session.Way}: {string.Join(", ", lived.Earned.Select(row => $"{row.Act} {row.State} {row.Grade} ({row.GradeReason})"))}";

    private static void Say(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
}
