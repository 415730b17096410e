using Sandbox.Protocol;

namespace Sandbox.Agent.Collecting;

/// <summary>What one run of a collector came to.</summary>
/// <param name="State">OK, PARTIAL, FAILED or OVER_BUDGET.</param>
/// <param name="Message">For people; null: nothing to say.</param>
/// <param name="At">When it ended, by the device's clock.</param>
/// <param name="Took">How long it took.</param>
/// <param name="Facts">What it read; empty unless the state is OK or PARTIAL.</param>
internal sealed record CollectorRun(
    CollectorHealth.Types.State State,
    string? Message,
    DateTimeOffset At,
    TimeSpan Took,
    IReadOnlyList<Fact> Facts)
{
    /// <summary>The rest of a run that did not stop when its budget was over; null: nothing is left running.</summary>
    public Task? Left { get; init; }
}
