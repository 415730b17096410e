using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Bandwidth;

/// <summary>
/// Reads the interfaces' counters once a second while an agent runs, and brings the minutes that are over. One look alone brings none: it takes two
/// readings to see something pass.
/// </summary>
internal sealed class LinuxInterfaceCounters : IEventCollector, ISelfWaking
{
    /// <summary>Minutes that are kept while there is no room for reports; the oldest go.</summary>
    internal const int MostMinutes = 24 * 60;

    private const int MostAtOnce = 120;
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private static readonly string NothingUnseen = new InterfaceCounters().Unseen.ToString();
    private readonly Lock _gate = new();
    private readonly RootFolder _root;
    private readonly TimeProvider _time;
    private readonly InterfaceKinds _kinds;
    private readonly TrafficMeter _meter;
    private readonly Queue<TrafficMinute> _over = [];
    private string _said = NothingUnseen;
    private string _bringing = NothingUnseen;
    private int _brought;
    private long? _readAt;

    public LinuxInterfaceCounters(string root, TimeProvider time)
    {
        (_root, _time) = (new RootFolder(root), time);
        _kinds = new InterfaceKinds(_root);
        _meter = new TrafficMeter(_kinds.Of);
    }

    /// <summary>Gets what passed in each second.</summary>
    public Action<LiveTraffic>? Second { get; set; }

    public string Name => "interface-counters";

    public IReadOnlyList<Fact.KindOneofCase> Kinds { get; } = [Fact.KindOneofCase.InterfaceCounters];

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public IReadOnlyList<string> Watches { get; } = [];

    public bool HasMore { get; private set; }

    public bool LosesAtStop => true;

    /// <summary>Begins to read. Nothing wakes the loop: minutes go with the next heartbeat. The part of a minute that was measured at the disposal is one that is over.</summary>
    public IDisposable Listen(Action wake) => new Reading(this, _time.CreateTimer(_ => Read(), null, TimeSpan.Zero, Step));

    public ValueTask<IReadOnlyList<Fact>> CollectAsync(CancellationToken ct)
    {
        var counters = new InterfaceCounters();
        if (Fault() is { } fault) counters.Unseen.Add(fault);
        lock (_gate)
        {
            (_brought, _bringing) = (Math.Min(_over.Count, MostAtOnce), counters.Unseen.ToString());
            HasMore = _over.Count > _brought;
            if (_brought == 0 && _bringing == _said) return new([]);
            counters.Minutes.AddRange(_over.Take(_brought));
            return new([new Fact { InterfaceCounters = counters }]);
        }
    }

    public void Delivered()
    {
        lock (_gate)
        {
            _said = _bringing;
            for (; _brought > 0; _brought--) _over.Dequeue();
        }
    }

    // Once a second; a reading that is still under way when the next is due takes its place.
    private void Read()
    {
        if (!_gate.TryEnter()) return;
        LiveTraffic? second = null;
        try
        {
            var counters = NetDev.Read(_root);
            _kinds.Know(counters.Keys);
            var now = _time.GetTimestamp();
            var span = _readAt is { } before ? _time.GetElapsedTime(before, now) : TimeSpan.Zero;
            _readAt = now;
            if (_meter.Take(counters, _time.GetUtcNow(), span, out second) is { } over) Keep(over);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The next look of the loop says what could not be read.
            _readAt = null;
        }
        finally
        {
            _gate.Exit();
        }
        if (second is not null) Second?.Invoke(second);
    }

    private void Keep(TrafficMinute over)
    {
        // Once a minute is often enough for cables and bridges.
        _kinds.Forget();
        _over.Enqueue(over);
        if (_over.Count <= MostMinutes) return;
        _over.Dequeue();
        if (_brought > 0) _brought--;
    }

    private void End(ITimer timer)
    {
        timer.Dispose();
        lock (_gate)
        {
            // A reading that the timer had begun already finds nothing to go on from. None is made now: over a few milliseconds any packet is a peak.
            _readAt = null;
            if (_meter.End() is { } over) Keep(over);
        }
    }

    private sealed class Reading(LinuxInterfaceCounters counters, ITimer timer) : IDisposable
    {
        private bool _ended;

        public void Dispose()
        {
            if (_ended) return;
            _ended = true;
            counters.End(timer);
        }
    }

    private Unseen? Fault()
    {
        try
        {
            NetDev.Read(_root);
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Why.Of(NetDev.Path, fault);
        }
    }
}
