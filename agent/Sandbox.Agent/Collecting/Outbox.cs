using Sandbox.Protocol;
using Kind = Sandbox.Protocol.Fact.KindOneofCase;

namespace Sandbox.Agent.Collecting;

/// <summary>Gathers what collectors read into batches; keeps apart what is new, what is the same, and what found no room.</summary>
internal sealed class Outbox(IFactSink sink, Func<Fact>? sample, TimeProvider time) : IDisposable
{
    // A change waits this long for other runs of the same burst.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(1);
    private readonly ReportedFacts _reported = new();
    private readonly SortedDictionary<Kind, (Fact Fact, Lane Lane)> _changed = [];
    private readonly SortedSet<Kind> _unchanged = [];
    private TimeSpan _since;
    private TimeSpan _backOff;

    /// <summary>The sink had no room: nothing is read before this instant, for it would have to be read again.</summary>
    public TimeSpan NotBefore { get; private set; }

    /// <summary>When what changed is put at the latest; null: nothing has changed.</summary>
    public TimeSpan? Next => _changed.Count == 0 ? null : _since + Grace > NotBefore ? _since + Grace : NotBefore;

    /// <summary>Takes what a run read.</summary>
    public void Add(Lane lane, CollectorRun run, bool beating, TimeSpan now)
    {
        foreach (var fact in run.Facts)
        {
            if (lane.Collector is IEventCollector || !_reported.Same(fact))
            {
                if (_changed.Count == 0) _since = now;
                _changed[fact.KindCase] = (fact, lane);
                _unchanged.Remove(fact.KindCase);
                continue;
            }
            _changed.Remove(fact.KindCase);
            if (beating) _unchanged.Add(fact.KindCase);
            else lane.Recheck = true;
        }
    }

    /// <summary>Whether events of the lane wait for the sink's answer.</summary>
    public bool Holds(Lane lane)
    {
        if (lane.Collector is not IEventCollector) return false;
        foreach (var (_, waiting) in _changed.Values)
            if (waiting == lane) return true;
        return false;
    }

    /// <summary>The kinds are to be reported as if they had just changed; an empty list means all.</summary>
    public void Forget(IReadOnlyList<Kind> kinds) => _reported.Forget(kinds);

    /// <summary>Whether there is a change to put: its burst is over, or it has waited long enough.</summary>
    public bool Ready(bool idle, TimeSpan now) => Next is { } next && now >= NotBefore && (idle || now >= next);

    /// <summary>
    /// Puts one batch. False: no room; its collectors run again after a back-off that doubles from 1 s to 60 s.
    /// </summary>
    public async ValueTask<bool> PutAsync(bool beating, TimeSpan now, CancellationToken ct)
    {
        var changed = new List<Fact>(_changed.Count);
        foreach (var (fact, _) in _changed.Values) changed.Add(fact);
        var batch = new FactBatch(time.GetUtcNow(), changed, beating && sample is not null ? [sample()] : [], beating ? [.. _unchanged] : []);
        var durable = await sink.PutAsync(batch, ct);
        if (durable)
        {
            foreach (var (fact, lane) in _changed.Values) Accept(fact, lane, now);
            (_backOff, NotBefore) = (TimeSpan.Zero, TimeSpan.Zero);
        }
        else
        {
            BackOff(now);
        }
        _changed.Clear();
        if (beating) _unchanged.Clear();
        return durable;
    }

    public void Dispose() => _reported.Dispose();

    private void Accept(Fact fact, Lane lane, TimeSpan now)
    {
        if (lane.Collector is not IEventCollector events)
        {
            _reported.Accept(fact);
            return;
        }
        events.Delivered();
        if (events.HasMore) lane.Wake(now);
    }

    private void BackOff(TimeSpan now)
    {
        _backOff = _backOff == TimeSpan.Zero ? TimeSpan.FromSeconds(1) : _backOff * 2;
        if (_backOff > LongestBackOff) _backOff = LongestBackOff;
        NotBefore = now + _backOff;
        foreach (var (_, lane) in _changed.Values) lane.RunAt(NotBefore);
    }
}
