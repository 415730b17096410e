namespace Sandbox.Agent.Collecting;

/// <summary>One collector in the loop: when it is to run next, and the run that is under way. Times count from the loop's start.</summary>
internal sealed class Lane(ICollector collector)
{
    private static readonly TimeSpan PollWithoutWatch = TimeSpan.FromMinutes(1);
    private readonly LaneCredit _credit = new();
    private TimeSpan? _wake;
    private TimeSpan _nextPoll;
    private TimeSpan _restUntil;
    private bool _hasRun;
    private bool _woken;
    private bool _unwatched;

    public ICollector Collector => collector;

    /// <summary>The run under way; null: none.</summary>
    public Task<CollectorRun>? Run { get; private set; }

    /// <summary>What is left of a run that did not stop in time; it must end before the next may begin.</summary>
    public Task? Left { get; private set; }

    /// <summary>Its facts were the same in a run between two heartbeats, so the next heartbeat reads them again to say so.</summary>
    public bool Recheck { get; set; }

    /// <summary>Something keeps changes from waking it, so it is polled often. Set from any thread.</summary>
    public bool Unwatched
    {
        get => Volatile.Read(ref _unwatched);
        set => Volatile.Write(ref _unwatched, value);
    }

    private bool Free => Run is null && Left is not { IsCompleted: false };

    private TimeSpan Every => Unwatched && collector.Every > PollWithoutWatch ? PollWithoutWatch : collector.Every;

    /// <summary>Its sources changed: run as soon as it has rested from the last time.</summary>
    public void Wake(TimeSpan now) => RunAt(now > _restUntil ? now : _restUntil);

    /// <summary>Run at that instant at the latest.</summary>
    public void RunAt(TimeSpan at) => _wake = _wake is { } other && other < at ? other : at;

    /// <summary>Whether to start now. A poll waits for a heartbeat that is near, so that both cost one wake-up.</summary>
    public bool Due(TimeSpan now, Heartbeat beat)
    {
        if (!Free) return false;
        if (_wake <= now) return true;
        return beat.Open
            ? Recheck || _nextPoll - now <= Half(beat.Every < Every ? beat.Every : Every)
            : _nextPoll <= now && !beat.Within(Half(Every), now);
    }

    /// <summary>When <see cref="Due"/> may turn true by time alone, heartbeats aside; null: not while it runs.</summary>
    public TimeSpan? Next(TimeSpan now, Heartbeat beat)
    {
        if (!Free) return null;
        var poll = beat.Within(Half(Every), _nextPoll > now ? _nextPoll : now) ? (TimeSpan?)null : _nextPoll;
        return _wake is { } wake && (poll is null || wake < poll) ? wake : poll;
    }

    public void Start(Task<CollectorRun> run)
    {
        (Run, _woken, _wake, Recheck) = (run, _wake is not null, null, false);
    }

    /// <summary>The run is over.</summary>
    public void Ended(CollectorRun run, TimeSpan now)
    {
        (Run, Left) = (null, run.Left);
        _nextPoll = now + Jitter.AtMost(Every);
        if (_woken && _hasRun) _restUntil = now + _credit.RestAfter(run.Took, now);
        // What woke it while it ran saw no rest to wait for.
        if (_wake < _restUntil) _wake = _restUntil;
        _hasRun = true;
    }

    private static TimeSpan Half(TimeSpan span) => span / 2;
}
