using Sandbox.Protocol;

namespace Sandbox.Agent.Collecting;

/// <summary>Where facts go: the spool of a running agent, or a list in a test.</summary>
internal interface IFactSink
{
    /// <summary>
    /// Makes facts durable. True: they are on disk and will be delivered. False: there is no room now (full disk); the caller keeps
    /// treating them as unreported and offers them again later.
    /// </summary>
    /// <param name="batch">What was read at one instant.</param>
    /// <param name="ct">Ends the wait; what was written stays written.</param>
    ValueTask<bool> PutAsync(FactBatch batch, CancellationToken ct);
}

/// <summary>What was read at one instant.</summary>
/// <param name="CollectedAt">The device's clock when it was read.</param>
/// <param name="Changed">Facts that are new or differ from what was reported before. They hold a change: see <see cref="Samples"/>.</param>
/// <param name="Samples">Facts that always differ (agent health): they do not ask for a signature of their own.</param>
/// <param name="Unchanged">Kinds whose source was read again and said the same.</param>
internal sealed record FactBatch(
    DateTimeOffset CollectedAt,
    IReadOnlyList<Fact> Changed,
    IReadOnlyList<Fact> Samples,
    IReadOnlyList<Fact.KindOneofCase> Unchanged);
