using Sandbox.Protocol;

namespace Sandbox.Evidence.Crediting;

/// <summary>Rules of a policy whose mending counts for a line of the schedule, and the acts by which they are mended.</summary>
/// <param name="Line">The line.</param>
/// <param name="Act"><see cref="EvidenceItem.Act"/>.</param>
/// <param name="Counts"><see cref="ICreditRule.Counts"/>.</param>
/// <param name="Kind">The fact that the rules look at.</param>
/// <param name="Explains">Whether an act may have mended one.</param>
internal sealed record Mending(string Line, string Act, string Counts, Fact.KindOneofCase Kind, Func<AdminAct, bool> Explains)
{
    /// <summary>The rules, by their ids, or by what their ids begin with up to a dot. Empty: all that look at this kind of fact.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>What must be so of an act to have mended one thing that the rules are asked of. Unless set, any does.</summary>
    public Func<EvidenceItem, AdminAct, bool> Fits { get; init; } = (_, _) => true;

    /// <summary>What else must be so of the fact at first and after, for the verdict to be mended in earnest. Unless set, nothing.</summary>
    public Func<Fact, Fact, bool> InEarnest { get; init; } = (_, _) => true;

    /// <summary>Machines do it without anybody: it counts only where somebody was seen doing it.</summary>
    public bool HappensByItself { get; init; }

    /// <inheritdoc cref="ICreditRule.WearsOff"/>
    public bool WearsOff { get; init; }

    /// <summary>Those of a policy.</summary>
    public IEnumerable<IRule> Of(Policies.Policy policy) => policy.NamedOn(Kind).Where(one => Rules.Count == 0 || Names(one.Id)).Select(one => one.Rule);

    private bool Names(string id) => Rules.Any(one => one.EndsWith('.') ? id.StartsWith(one, StringComparison.Ordinal) : id == one);
}
