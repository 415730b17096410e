namespace Sandbox.Server.Ingest;

/// <summary>
/// Asks the writer once a second to judge the devices whose time has come. While there are more of them than it judges at once, as after a change of the
/// policy, it is asked more often, with pauses that leave most of its time to reports.
/// </summary>
internal sealed class JudgementClock : IHostedService, IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>Eight times what the writer judges for at once: with what it writes of that, some four fifths of its time are left.</summary>
    private static readonly TimeSpan Pause = 8 * TimedJudgements.LongestAtOnce;

    private readonly IngestQueue _queue;
    private readonly TimeProvider _time;
    private readonly DueJudgements _work;
    private ITimer? _timer;

    /// <summary>A clock that does not run yet.</summary>
    public JudgementClock(IngestQueue queue, TimeProvider time) => (_queue, _time, _work) = (queue, time, new DueJudgements(() => _timer?.Change(Pause, Period)));

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

    // A writer that is busy is asked once, not once for each second that it is.
    private void Ask()
    {
        if (_work.TryWait() && !_queue.Hand(_work)) _work.Take();
    }
}
