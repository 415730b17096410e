namespace Sandbox.Agent.Uplink;

/// <summary>
/// Batches that were sent and not settled, which means acknowledged or refused for good: bounded, and watched: <see cref="Overdue"/> is cancelled when the server lets the
/// oldest of them wait too long.
/// </summary>
internal sealed class InFlight(TimeSpan patience, TimeProvider time) : IDisposable
{
    private const int MostBatches = 4;
    private readonly Lock _lock = new();
    private readonly Queue<ulong> _batches = [];
    private readonly SortedSet<ulong> _refused = [];
    private readonly Pulse _changed = new();
    private readonly CancellationTokenSource _overdue = new(Timeout.InfiniteTimeSpan, time);
    private ulong _settled, _sent;

    /// <summary>Cancelled when an acknowledgement did not come in time.</summary>
    public CancellationToken Overdue => _overdue.Token;

    /// <summary>Whether everything that was sent is settled.</summary>
    public bool Empty
    {
        get { lock (_lock) return _batches.Count == 0; }
    }

    /// <summary>The newest report that was sent; 0: none.</summary>
    public ulong LastSent
    {
        get { lock (_lock) return _sent; }
    }

    /// <summary>Waits until another batch may go.</summary>
    public Task RoomAsync(CancellationToken ct) => WaitAsync(() => _batches.Count < MostBatches, ct);

    /// <summary>Waits until everything is settled.</summary>
    public Task EmptyAsync(CancellationToken ct) => WaitAsync(() => _batches.Count == 0, ct);

    /// <summary>A batch is on its way.</summary>
    public void Sent(ulong first, ulong last)
    {
        lock (_lock)
        {
            if (_batches.Count == 0)
            {
                _overdue.CancelAfter(patience);
                _settled = Math.Max(_settled, first - 1);
            }

            _batches.Enqueue(last);
            _sent = last;
        }
    }

    /// <summary>The server has everything up to here.</summary>
    /// <returns>Up to where everything is settled.</returns>
    public ulong Acknowledged(ulong last)
    {
        ulong settled;
        lock (_lock)
        {
            _settled = Math.Max(_settled, last);
            settled = Settle();
        }

        _changed.Beat();
        return settled;
    }

    /// <summary>The server will never store this one, and acknowledges it only by way of a later one.</summary>
    /// <returns>Up to where everything is settled.</returns>
    public ulong Refused(ulong sequence)
    {
        ulong settled;
        lock (_lock)
        {
            _refused.Add(sequence);
            settled = Settle();
        }

        _changed.Beat();
        return settled;
    }

    public void Dispose() => _overdue.Dispose();

    private ulong Settle()
    {
        for (; _refused.Count > 0 && _refused.Min <= _settled + 1; _refused.Remove(_refused.Min)) _settled = Math.Max(_settled, _refused.Min);
        if (!_batches.TryPeek(out var oldest) || oldest > _settled) return _settled;
        while (_batches.TryPeek(out oldest) && oldest <= _settled) _batches.Dequeue();
        _overdue.CancelAfter(_batches.Count == 0 ? Timeout.InfiniteTimeSpan : patience);
        return _settled;
    }

    private async Task WaitAsync(Func<bool> reached, CancellationToken ct)
    {
        for (var next = _changed.Next; !Is(reached); next = _changed.Next) await next.WaitAsync(ct);
    }

    private bool Is(Func<bool> reached)
    {
        lock (_lock) return reached();
    }
}
