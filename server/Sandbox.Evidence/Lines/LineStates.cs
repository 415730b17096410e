using Sandbox.Evidence.Crediting;
using Sandbox.Evidence.Policies;

namespace Sandbox.Evidence.Lines;

/// <summary>How far an apprentice is with each column of a line: a function of what devices showed, what was handed in and what was decided.</summary>
public static class LineStates
{
    private const string NotSurelyTheirs = "that it was surely their work: E1 alone does not show it";
    private const string SecondView = "a look after a restart, and a second machine that saw it or a seeded task, for E3";
    private const string WordsAlone = "anything that a device shows: the own words alone are E0";

    /// <summary>What is missing last of what is ready.</summary>
    public const string Signature = "a mentor's signature";

    private const string Instruction = "a course or other instruction that was completed, with date, provider and hours";

    /// <summary>The state of one column of one line.</summary>
    /// <param name="line">The line: <c>1.3</c>.</param>
    /// <param name="column">The column.</param>
    /// <param name="material">What there is.</param>
    /// <param name="policy">What judges: it decides what devices can show.</param>
    public static LineState Of(string line, LineColumn column, LineMaterial material, Policy policy)
    {
        ArgumentNullException.ThrowIfNull(material);
        if (material.Decision is { Kind: DecisionKind.SignedOff } signed) return new LineState(LineStanding.SignedOff, Weakened(signed)) { Best = signed.Best, Since = signed.At, Words = signed.Words, IsShaken = signed.Weakened > 0 };
        var fresh = Fresh(material).ToList();
        if (fresh.Count > 0) return Ready(line, column, material, policy) with { Since = fresh.Min() };
        var watched = material.Evidence.Where(one => one.State == EvidenceState.Watched).ToList();
        string[] awaited = watched.Count > 0 ? [$"that it stays, to be seen from {Instant.Words(First(watched))} on"] : [];
        if (material.Decision is { } last)
            return new LineState(last.Kind == DecisionKind.Returned ? LineStanding.Returned : LineStanding.Revoked, watched.Count > 0 ? awaited : [column == LineColumn.Ri ? "what answers the mentor's words: a new record" : "what answers the mentor's words: new evidence, or a record of what was done"]) { Best = Best(material), Since = last.At, Words = last.Words };
        if (watched.Count > 0) return new LineState(LineStanding.InProgress, awaited);
        return new LineState(LineStanding.NotStarted, [column == LineColumn.Ri ? Instruction : WhatCounts(line, policy)]);
    }

    /// <summary>What devices can show for a line under a policy, in words. Null: nothing.</summary>
    /// <param name="line">The line.</param>
    /// <param name="policy">What judges.</param>
    public static string? Shown(string line, Policy policy) => Rules(line, policy) is { Count: > 0 } rules ? string.Join(", or ", rules) : null;

    private static LineState Ready(string line, LineColumn column, LineMaterial material, Policy policy)
    {
        var best = Best(material);
        IReadOnlyList<string> missing = (column, best) switch
        {
            (LineColumn.Ri, _) => [],
            (_, null) => Shown(line, policy) is null ? [] : [WordsAlone],
            (_, < Grade.E2) => [NotSurelyTheirs, SecondView],
            (_, < Grade.E3) => [SecondView],
            _ => [],
        };
        return new LineState(LineStanding.ReadyForReview, [.. missing, Signature]) { Best = best };
    }

    // What was not there at the last decision, or proves more than it did then.
    private static IEnumerable<DateTimeOffset> Fresh(LineMaterial material) =>
        material.Evidence.Where(one => one is { State: EvidenceState.Held, WasSeen: false }).Select(one => one.StateSince).Concat(material.Records.Where(one => !one.WasSeen).Select(one => one.EnteredAt));

    private static Grade? Best(LineMaterial material) => material.Evidence.Where(one => one.State == EvidenceState.Held).Max(one => (Grade?)one.Grade);

    private static IReadOnlyList<string> Weakened(LineDecision signed) => signed.Weakened switch
    {
        0 => [],
        1 => ["one thing that was signed for counts less now, or no longer: look at it again"],
        var many => [$"{many} things that were signed for count less now, or no longer: look at them again"],
    };

    private static string WhatCounts(string line, Policy policy) => Shown(line, policy) ?? Attested.Why(line);

    private static List<string> Rules(string line, Policy policy) => [.. CreditRules.All.Where(rule => rule.Line == line && rule.IsUnder(policy)).Select(rule => rule.Counts)];

    private static DateTimeOffset First(IEnumerable<LineEvidence> watched) => watched.Min(one => one.NotedAt + (CreditRules.Of(one.Act)?.Dwell ?? TimeSpan.Zero));
}
