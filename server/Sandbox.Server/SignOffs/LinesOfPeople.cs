using Sandbox.Evidence.Crediting;
using Sandbox.Evidence.Lines;
using Sandbox.Evidence.Policies;

namespace Sandbox.Server.SignOffs;

/// <summary>How far people are, from what was read.</summary>
internal sealed class LinesOfPeople(
    Policy policy, IReadOnlyList<CreditedEvidence> evidence, IReadOnlyList<StandingRecord> records, IReadOnlyList<StandingDecision> decisions, IReadOnlyList<Seen> seen)
{
    private readonly ILookup<(Guid, string), CreditedEvidence> _evidence = evidence.ToLookup(one => (one.Person, one.Line));
    private readonly ILookup<LineAddress, StandingRecord> _records = records.ToLookup(one => one.At);
    private readonly Dictionary<LineAddress, StandingDecision> _decisions = decisions.ToDictionary(one => one.About);
    private readonly ILookup<Guid, Seen> _seen = seen.ToLookup(one => one.Decision);

    /// <summary>The state of a column.</summary>
    public LineState State(LineAddress at)
    {
        var last = _decisions.GetValueOrDefault(at);
        var then = last is null ? [] : _seen[last.Id].ToDictionary(one => one.Thing, one => one.Grade);
        var (pieces, entered) = (Evidence(at).ToList(), _records[at].ToList());
        return LineStates.Of(at.Line, at.Column, new LineMaterial
        {
            Evidence = [.. pieces.Select(one => one.Evidence with { WasSeen = then.TryGetValue(one.Id, out var grade) && grade >= one.Evidence.Grade })],
            Records = [.. entered.Select(one => new LineRecord(one.EnteredAt) { WasSeen = then.ContainsKey(one.Id) })],
            Decision = last is null ? null : new LineDecision(last.Kind, last.At, last.Words) { Best = last.Best, Weakened = Weakened(then, pieces, entered) },
        }, policy);
    }

    /// <summary>What there is to decide on.</summary>
    public Basis Basis(LineAddress at) => new(
        _decisions.GetValueOrDefault(at)?.Number ?? 0,
        [.. Evidence(at).Where(one => one.Evidence.State == EvidenceState.Held).Select(one => (one.Id, one.Evidence.Grade))],
        [.. _records[at].Select(one => one.Id)]);

    // Devices show what was done, never what was taught.
    private IEnumerable<CreditedEvidence> Evidence(LineAddress at) => at.Column == LineColumn.Ojt ? _evidence[(at.Person, at.Line)] : [];

    // Evidence that was undone, is somebody else's or proves less, and records that were withdrawn.
    private static int Weakened(Dictionary<Guid, Grade?> then, List<CreditedEvidence> pieces, List<StandingRecord> entered)
    {
        var held = pieces.Where(one => one.Evidence.State == EvidenceState.Held).ToDictionary(one => one.Id, one => one.Evidence.Grade);
        var standing = entered.Select(one => one.Id).ToHashSet();
        return then.Count(one => one.Value is { } grade ? !held.TryGetValue(one.Key, out var now) || now < grade : !standing.Contains(one.Key));
    }
}
