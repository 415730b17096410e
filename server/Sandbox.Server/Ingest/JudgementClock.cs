namespace Sandbox.Server.Ingest;

/// <summary>
/// Asks the writer once a second to judge the devices whose time has come. While there are more of them than it judges at once, as after a change of the
/// policy, it is asked more often, with pauses that leave most of its time to reports.
/// </summary>
internal sealed class JudgementClock : IHostedService, IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>For how many times as long as judging and storing took the writer is left to reports: on a busy disk devices wait longer, and reports do not.</summary>
    private const int Share = 4;
    private static readonly TimeSpan ShortestPause = 8 * TimedJudgements.LongestAtOnce;

    private readonly IngestQueue _queue;
    private readonly TimeProvider _time;
    private readonly DueJudgements _work;
    private ITimer? _timer;

    /// <summary>A clock that does not run yet.</summary>
    public JudgementClock(IngestQueue queue, TimeProvider time) => (_queue, _time, _work) = (queue, time, new DueJudgements(AskAgain));

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _timer = _time.CreateTimer(_ => Ask(), null, TimeSpan.Zero, Period);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    private void AskAgain(TimeSpan took)
    {
        var pause = Share * took;
        _timer?.Change(pause < ShortestPause ? ShortestPause : pause < Period ? pause : Period, Period);
    }

    // A writer that is busy is asked once, not once for each second that it is.
    private void Ask()
    {
        if (_work.TryWait() && !_queue.Hand(_work)) _work.Take();
    }
}
