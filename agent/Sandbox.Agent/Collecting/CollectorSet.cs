using Sandbox.Protocol;

namespace Sandbox.Agent.Collecting;

/// <summary>What the loop runs.</summary>
/// <param name="Root">The folder that stands for <c>/</c>.</param>
/// <param name="Collectors">At most 64.</param>
/// <param name="Books">Where the loop writes how each of them is doing.</param>
/// <param name="Health">Makes the sample that goes with every heartbeat; null: none.</param>
internal sealed record CollectorSet(string Root, IReadOnlyList<ICollector> Collectors, CollectorBooks Books, Func<Fact>? Health)
{
    /// <summary>Longest run of one collector: 10 s unless set.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(10);
}
