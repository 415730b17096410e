using Sandbox.Evidence.Crediting;
using Sandbox.Evidence.Policies;

namespace Sandbox.Evidence.Lines;

/// <summary>How far an apprentice is with each line: a function of the evidence that is credited to them.</summary>
public static class LineStates
{
    private const string NotSurelyTheirs = "that it was surely their work: E1 alone does not show it";
    private const string SecondView = "a second machine that saw it, or a seeded task, for E3";
    private const string Signature = "a mentor's signature for each of the two columns, which is not kept here yet";

    /// <summary>The state of one line.</summary>
    /// <param name="line">The line: <c>1.3</c>.</param>
    /// <param name="evidence">What is credited to the apprentice for it.</param>
    /// <param name="policy">What judges: it decides what devices can show.</param>
    public static LineState Of(string line, IReadOnlyCollection<LineEvidence> evidence, Policy policy)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var held = evidence.Where(one => one.State == EvidenceState.Held).ToList();
        if (held.Count > 0)
        {
            var best = held.Max(one => one.Grade);
            return new LineState(LineStanding.ReadyForReview, [.. best < Grade.E2 ? [NotSurelyTheirs] : (string[])[], .. best < Grade.E3 ? [SecondView] : (string[])[], Signature]) { Best = best };
        }
        var watched = evidence.Where(one => one.State == EvidenceState.Watched).ToList();
        if (watched.Count > 0) return new LineState(LineStanding.InProgress, [$"that it stays, to be seen from {Instant.Words(First(watched))} on"]);
        var rules = CreditRules.All.Where(rule => rule.Line == line && rule.IsUnder(policy)).Select(rule => rule.Counts).ToList();
        return new LineState(LineStanding.NotStarted, rules.Count == 0 ? [Attested.Why(line)] : [$"{string.Join(", or ", rules)}"]);
    }

    private static DateTimeOffset First(IEnumerable<LineEvidence> watched) => watched.Min(one => one.NotedAt + (CreditRules.Of(one.Act)?.Dwell ?? TimeSpan.Zero));
}
