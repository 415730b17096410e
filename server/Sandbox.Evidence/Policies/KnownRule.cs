namespace Sandbox.Evidence.Policies;

/// <summary>A rule that policies may hold.</summary>
/// <param name="Id">Such as <c>password.min_length</c>.</param>
/// <param name="Operators">What may stand behind <c>op</c>.</param>
/// <param name="Severity">How much a failure matters, unless the policy says otherwise.</param>
public sealed record KnownRule(string Id, IReadOnlyList<string> Operators, Severity Severity)
{
    /// <summary>All of them, in the order in which people think of them.</summary>
    public static IReadOnlyList<KnownRule> All { get; } = [.. RuleKinds.Ids.Select(id => RuleKinds.Find(id)!).Select(kind => new KnownRule(kind.Id, kind.Demand.Operators, kind.Severity))];
}
