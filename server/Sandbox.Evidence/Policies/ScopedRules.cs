namespace Sandbox.Evidence.Policies;

/// <summary>What is different for the devices of a group or a role: an entry of <c>for</c>.</summary>
/// <param name="Scope">For which.</param>
/// <param name="Changes">What, in the order of the text.</param>
internal sealed record ScopedRules(DeviceScope Scope, IReadOnlyList<RuleChange> Changes)
{
    /// <inheritdoc/>
    public bool Equals(ScopedRules? other) => other is not null && Scope == other.Scope && Changes.SequenceEqual(other.Changes);

    /// <inheritdoc/>
    public override int GetHashCode() => Changes.Aggregate(Scope.GetHashCode(), HashCode.Combine);
}
