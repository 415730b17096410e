using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Kind = Sandbox.Protocol.Fact.KindOneofCase;

namespace Sandbox.Agent.Collecting;

/// <summary>
/// Runs the collectors: woken by changes, by requests, by a slow poll; puts what changed into the sink. It sleeps on one bell between, and
/// one timer rings that; only the loop itself touches lanes and outbox.
/// </summary>
internal sealed class CollectorLoop : BackgroundService
{
    private const int MostAsked = 16;
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(2);
    private readonly CollectorSet _set;
    private readonly IFactSink _sink;
    private readonly RefreshRequests _requests;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _logs;
    private readonly Bell _bell = new();
    private readonly Burst _burst = new();
    private readonly Heartbeat _beat = new();
    private readonly Lane[] _lanes;
    private readonly Queue<IReadOnlyList<Kind>> _asked = [];
    private readonly long _began;

    public CollectorLoop(CollectorSet set, IFactSink sink, RefreshRequests requests, TimeProvider time, ILoggerFactory logs)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(set.Collectors.Count, 64);
        (_set, _sink, _requests, _time, _logs) = (set, sink, requests, time, logs);
        _lanes = [.. set.Collectors.Select(collector => new Lane(collector))];
        _began = time.GetTimestamp();
    }

    /// <summary>Longest time between two heartbeats: 10 s to 1 h, 60 s unless set. May be set at any time from any thread.</summary>
    public TimeSpan Heartbeat
    {
        get => _beat.Every;
        set
        {
            _beat.Every = TimeSpan.FromSeconds(Math.Clamp(value.TotalSeconds, 10, 3600));
            _bell.Ring();
        }
    }

    private TimeSpan Now => _time.GetElapsedTime(_began);

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        using var outbox = new Outbox(_sink, _set.Health, _time);
        var runner = new CollectorRunner(_time, _logs.CreateLogger<CollectorRunner>()) { Budget = _set.Budget };
        await CollectAsync(runner, outbox, ct);
        await SayLastAsync(runner, outbox);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    private async Task CollectAsync(CollectorRunner runner, Outbox outbox, CancellationToken ct)
    {
        using var triggers = new Triggers(_set, Touched, Watching);
        await using var timer = _time.CreateTimer(_ => _bell.Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var listening = ListenAsync(ct);
        while (!ct.IsCancellationRequested)
        {
            Wake(outbox);
            Harvest(outbox, triggers);
            Start(runner, outbox, ct);
            if (await StillPutsAsync(outbox, ct)) continue;
            Arm(timer, outbox);
            await _bell.WaitAsync(ct).AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Touched(ulong lanes)
    {
        if (_burst.Touch(lanes, Now)) _bell.Ring();
    }

    private void Watching(int lane, int watches, string? trouble)
    {
        _lanes[lane].Unwatched = trouble is not null;
        _set.Books.Watched(_lanes[lane].Collector.Name, watches, trouble);
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        while (true)
        {
            var kinds = await _requests.NextAsync(ct);
            lock (_asked)
            {
                // All kinds say as much as a long list of some.
                if (_asked.Count >= MostAsked)
                {
                    _asked.Clear();
                    kinds = [];
                }

                _asked.Enqueue(kinds);
            }

            _bell.Ring();
        }
    }

    private void Wake(Outbox outbox)
    {
        var now = Now;
        for (var touched = _burst.Take(now); touched != 0; touched &= touched - 1)
            _lanes[System.Numerics.BitOperations.TrailingZeroCount(touched)].Wake(now);
        lock (_asked)
        {
            while (_asked.TryDequeue(out var kinds))
            {
                outbox.Forget(kinds);
                foreach (var lane in _lanes)
                    if (kinds.Count == 0 || lane.Collector.Kinds.Any(kinds.Contains)) lane.RunAt(now);
                if (kinds.Count == 0 || kinds.Contains(Kind.AgentHealth)) _beat.OpenNow(now);
            }
        }
        if (now >= outbox.NotBefore) _beat.OpenWhenDue(now);
    }

    private void Harvest(Outbox outbox, Triggers triggers)
    {
        foreach (var lane in _lanes)
        {
            if (lane.Run is not { IsCompletedSuccessfully: true } ended) continue;
            var run = ended.GetAwaiter().GetResult();
            lane.Ended(run, Now);
            run.Left?.ContinueWith(_ => _bell.Ring(), TaskScheduler.Default);
            _set.Books.Ran(lane.Collector.Name, run);
            outbox.Add(lane, run, _beat.Open, Now);
            if (lane.Collector is IEventCollector { HasMore: true } && !outbox.Holds(lane)) lane.Wake(Now);
            if (lane.Unwatched) triggers.Replan();
        }
    }

    private void Start(CollectorRunner runner, Outbox outbox, CancellationToken ct)
    {
        if (Now < outbox.NotBefore) return;
        foreach (var lane in _lanes)
        {
            if (!lane.Due(Now, _beat) || outbox.Holds(lane)) continue;
            var run = runner.RunAsync(lane.Collector, ct);
            lane.Start(run);
            run.ContinueWith(_ => _bell.Ring(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    // Told to stop while the sink has its hands full: what waits is put with the last words.
    private async ValueTask<bool> StillPutsAsync(Outbox outbox, CancellationToken ct)
    {
        try
        {
            return await PutAsync(outbox, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return true;
        }
    }

    private async ValueTask<bool> PutAsync(Outbox outbox, CancellationToken ct)
    {
        var idle = Array.TrueForAll(_lanes, lane => lane.Run is null);
        var beating = _beat.Ready(idle, Now);
        if (!beating && !outbox.Ready(idle, Now)) return false;
        await outbox.PutAsync(beating, Now, ct);
        if (beating) _beat.Sent(Now);
        return true;
    }

    private async Task SayLastAsync(CollectorRunner runner, Outbox outbox)
    {
        using var longest = new CancellationTokenSource(LongestFarewell, _time);
        try
        {
            var last = _lanes.Where(lane => lane.Collector is IEventCollector { LosesAtStop: true }).ToList();
            bool goesOn;
            do
            {
                foreach (var lane in last) outbox.Add(lane, await runner.RunAsync(lane.Collector, longest.Token), beating: false, Now);
                var more = last.Exists(lane => lane.Collector is IEventCollector { HasMore: true });
                goesOn = outbox.Next is not null && await outbox.PutAsync(beating: false, Now, longest.Token) && more;
            }
            while (goesOn);
        }
        catch (OperationCanceledException) when (longest.IsCancellationRequested)
        {
            // The machine may be going down: there is no more time.
        }
    }

    private void Arm(ITimer timer, Outbox outbox)
    {
        var now = Now;
        var next = _beat.Next;
        Earlier(_burst.Ends);
        foreach (var lane in _lanes) Earlier(lane.Next(now, _beat));
        if (next < outbox.NotBefore) next = outbox.NotBefore;
        Earlier(outbox.Next);
        var wait = Math.Clamp(Math.Ceiling((next - now).TotalMilliseconds), 1, TimeSpan.FromDays(1).TotalMilliseconds);
        timer.Change(TimeSpan.FromMilliseconds(wait), Timeout.InfiniteTimeSpan);

        void Earlier(TimeSpan? other)
        {
            if (other < next) next = other.Value;
        }
    }
}
