namespace Sandbox.Server.Ingest;

/// <summary>Asks the writer once a second to judge the devices whose time has come.</summary>
internal sealed class JudgementClock(IngestQueue queue, TimeProvider time) : IHostedService, IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly DueJudgements _work = new();
    private ITimer? _timer;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _timer = time.CreateTimer(_ => Ask(), null, TimeSpan.Zero, Period);
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
        if (_work.TryWait() && !queue.Hand(_work)) _work.Take();
    }
}
