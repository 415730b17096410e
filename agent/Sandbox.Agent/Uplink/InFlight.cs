namespace Sandbox.Agent.Uplink;

/// <summary>
/// Batches that were sent and not acknowledged: bounded, and watched: <see cref="Overdue"/> is cancelled when the server lets the
/// oldest of them wait too long.
/// </summary>
internal sealed class InFlight(TimeSpan patience, TimeProvider time) : IDisposable
{
    private const int MostBatches = 4;
    private readonly Lock _lock = new();
    private readonly Queue<ulong> _batches = [];
    private readonly Pulse _changed = new();
    private readonly CancellationTokenSource _overdue = new(Timeout.InfiniteTimeSpan, time);

    /// <summary>Cancelled when an acknowledgement did not come in time.</summary>
    public CancellationToken Overdue => _overdue.Token;

    /// <summary>Whether everything that was sent is acknowledged.</summary>
    public bool Empty
    {
        get { lock (_lock) return _batches.Count == 0; }
    }

    /// <summary>Waits until another batch may go.</summary>
    public Task RoomAsync(CancellationToken ct) => WaitAsync(() => _batches.Count < MostBatches, ct);

    /// <summary>Waits until everything is acknowledged.</summary>
    public Task EmptyAsync(CancellationToken ct) => WaitAsync(() => _batches.Count == 0, ct);

    /// <summary>A batch is on its way.</summary>
    public void Sent(ulong last)
    {
        lock (_lock)
        {
            if (_batches.Count == 0) _overdue.CancelAfter(patience);
            _batches.Enqueue(last);
        }
    }

    /// <summary>The server has everything up to here.</summary>
    public void Acknowledged(ulong last)
    {
        lock (_lock)
        {
            if (!_batches.TryPeek(out var oldest) || oldest > last) return;
            while (_batches.TryPeek(out oldest) && oldest <= last) _batches.Dequeue();
            _overdue.CancelAfter(_batches.Count == 0 ? Timeout.InfiniteTimeSpan : patience);
        }

        _changed.Beat();
    }

    public void Dispose() => _overdue.Dispose();

    private async Task WaitAsync(Func<bool> reached, CancellationToken ct)
    {
        for (var next = _changed.Next; !Is(reached); next = _changed.Next) await next.WaitAsync(ct);
    }

    private bool Is(Func<bool> reached)
    {
        lock (_lock) return reached();
    }
}
