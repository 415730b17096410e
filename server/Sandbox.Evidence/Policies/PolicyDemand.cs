namespace Sandbox.Evidence.Policies;

/// <summary>What a policy demands, for people.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Scope">Of which devices.</param>
/// <param name="Severity">How much a failure matters.</param>
/// <param name="Expected">What is expected of the device and of its accounts. Empty: there it is not asked.</param>
public sealed record PolicyDemand(string Rule, DeviceScope Scope, Severity Severity, IReadOnlyList<string> Expected)
{
    /// <summary>All that a policy demands: of every device first, then what is different for some, in the order of the text.</summary>
    public static IReadOnlyList<PolicyDemand> Of(Policy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return
        [
            .. policy.Settings.Select(rule => Of(rule, DeviceScope.Everything)),
            // What is said again of the same devices stands over what was said before.
            .. from said in policy.Scoped.SelectMany(one => one.Changes.Select(change => (one.Scope, Change: change))).GroupBy(one => (one.Scope, one.Change.Kind.Id))
               select Of(said.Key.Scope, [.. said.Select(one => one.Change)], policy),
        ];
    }

    /// <summary>In a line, for the evidence log: <c>servers: backup.last_success_hours: a backup ...</c>.</summary>
    public string Words => $"{Scope.Words}: {Rule}: {(Expected.Count == 0 ? "not asked" : string.Join("; ", Expected))}";

    private static PolicyDemand Of(DeviceScope scope, IReadOnlyList<RuleChange> changes, Policy policy)
    {
        var kind = changes[0].Kind;
        var before = policy.Settings.FirstOrDefault(rule => rule.Rule == kind.Id);
        return changes.Aggregate(before, (rule, change) => change.Over(rule)) is { } after ? Of(after, scope) : new PolicyDemand(kind.Id, scope, before?.Severity ?? kind.Severity, []);
    }

    // A device that said nothing is given every rule with what it expects, at whatever time.
    private static PolicyDemand Of(RuleSettings rule, DeviceScope scope) =>
        new(rule.Rule, scope, rule.Severity, [.. RuleKinds.Find(rule.Rule)!.Make(rule).SelectMany(one => one.Judge(new DeviceFacts(), DateTimeOffset.UnixEpoch).Findings).Select(one => one.Expected).Distinct()]);
}
