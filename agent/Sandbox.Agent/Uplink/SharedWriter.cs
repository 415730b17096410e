using Grpc.Core;

namespace Sandbox.Agent.Uplink;

/// <summary>Lets several write to one stream: gRPC takes one message at a time. Once it is complete, what still comes is dropped.</summary>
internal sealed class SharedWriter<T>(IClientStreamWriter<T> stream) : IClientStreamWriter<T>, IDisposable
{
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile bool _complete;

    /// <inheritdoc/>
    public WriteOptions? WriteOptions
    {
        get => stream.WriteOptions;
        set => stream.WriteOptions = value;
    }

    /// <inheritdoc/>
    public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

    /// <inheritdoc/>
    public async Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!_complete) await stream.WriteAsync(message, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Says that nothing more comes. A write that hangs is not waited for long: the end of the call ends it.</summary>
    public async Task CompleteAsync()
    {
        _complete = true;
        if (!await _turn.WaitAsync(LongestWrite)) return;
        try
        {
            await stream.CompleteAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
