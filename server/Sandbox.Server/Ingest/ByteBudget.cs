namespace Sandbox.Server.Ingest;

/// <summary>Lets through only so many bytes at a time; who finds no room waits in line. A single request above the limit passes alone.</summary>
internal sealed class ByteBudget(long limit)
{
    private readonly Lock _gate = new();
    private readonly Queue<(long Bytes, TaskCompletionSource Granted)> _waiting = new();
    private long _taken;

    /// <summary>Waits until there is room for so many bytes and takes it.</summary>
    public async ValueTask TakeAsync(long bytes, CancellationToken ct)
    {
        TaskCompletionSource granted;
        lock (_gate)
        {
            if (_waiting.Count == 0 && Fits(bytes))
            {
                _taken += bytes;
                return;
            }
            _waiting.Enqueue((bytes, granted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)));
        }
        await using var leave = ct.Register(() => granted.TrySetCanceled(ct));
        await granted.Task;
    }

    /// <summary>Waits until everything that was taken has come back.</summary>
    public async ValueTask EmptyAsync(CancellationToken ct)
    {
        await TakeAsync(limit, ct);
        Return(limit);
    }

    /// <summary>Gives room back.</summary>
    public void Return(long bytes)
    {
        lock (_gate)
        {
            _taken -= bytes;
            while (_waiting.TryPeek(out var next) && Fits(next.Bytes))
            {
                _waiting.Dequeue();
                if (next.Granted.TrySetResult()) _taken += next.Bytes;
            }
        }
    }

    private bool Fits(long bytes) => _taken == 0 || _taken + bytes <= limit;
}
