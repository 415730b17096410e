using Xunit.v3;

namespace Sandbox.EndToEnd;

/// <summary>
/// Left to <c>tests/run nightly</c>, for the sake of the time: schedules of faults, machines with a kernel of their own, and what is a second case of something
/// that <c>tests/run</c> tries once.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NightlyAttribute : Attribute, ITraitAttribute
{
    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("When", "nightly")];
}
