using Google.Protobuf.WellKnownTypes;
using Sandbox.Protocol;

namespace Sandbox.Agent.Collecting;

/// <summary>How every collector is doing. Read and written from any thread.</summary>
internal sealed class CollectorBooks
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, CollectorHealth> _health = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _watchTrouble = [];

    public CollectorBooks(IReadOnlyList<ICollector> collectors)
    {
        foreach (var collector in collectors)
            _health[collector.Name] = new CollectorHealth { Name = collector.Name, State = CollectorHealth.Types.State.NotRun };
    }

    /// <summary>A run is over.</summary>
    public void Ran(string name, CollectorRun run)
    {
        lock (_gate)
        {
            var health = _health[name];
            health.State = run.State;
            health.LastRun = Timestamp.FromDateTimeOffset(run.At);
            health.DurationMs = Math.Round(run.Took.TotalMilliseconds, 3);
            if (run.Message is null) health.ClearMessage();
            else health.Message = run.Message;
        }
    }

    /// <summary>How many paths wake the collector now, and what keeps others from doing so (null: nothing).</summary>
    public void Watched(string name, int watches, string? trouble)
    {
        lock (_gate)
        {
            if (watches > 0) _health[name].Watches = (uint)watches;
            else _health[name].ClearWatches();
            if (trouble is null) _watchTrouble.Remove(name);
            else _watchTrouble[name] = trouble;
        }
    }

    /// <summary>One entry per collector, sorted by name.</summary>
    public IReadOnlyList<CollectorHealth> Read()
    {
        lock (_gate)
        {
            var copies = new List<CollectorHealth>(_health.Count);
            foreach (var (name, health) in _health)
            {
                var copy = health.Clone();
                if (_watchTrouble.TryGetValue(name, out var trouble))
                    copy.Message = copy.HasMessage ? $"{copy.Message}; {trouble}" : trouble;
                copies.Add(copy);
            }
            return copies;
        }
    }
}
