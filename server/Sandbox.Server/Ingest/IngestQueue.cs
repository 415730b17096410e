using System.Threading.Channels;
using Sandbox.Protocol;

namespace Sandbox.Server.Ingest;

/// <summary>What waits for the writer, in the order of arrival; bounded by bytes, so that a crowd of streams cannot fill the memory.</summary>
internal sealed class IngestQueue
{
    /// <summary>Most bytes of all streams that wait for the writer or are in its batch.</summary>
    private const long MostWaiting = 16L * Wire.LargestMessage;

    /// <summary>Most pieces of work that wait; hellos have no bytes to count.</summary>
    internal const int MostWork = 4096;

    private readonly Channel<Work> _work = Channel.CreateBounded<Work>(new BoundedChannelOptions(MostWork) { SingleReader = true });
    private readonly ByteBudget _waiting = new(MostWaiting);

    /// <summary>Hands over a hello, or what else has no bytes; false: the writer has stopped, or too much waits for it.</summary>
    public bool Hand(Work work) => _work.Writer.TryWrite(work);

    /// <summary>Hands over reports once there is room for them.</summary>
    public async ValueTask HandAsync(Delivery delivery, CancellationToken ct)
    {
        await _waiting.TakeAsync(delivery.Bytes, ct);
        var handed = false;
        try
        {
            while (!handed && await _work.Writer.WaitToWriteAsync(ct)) handed = _work.Writer.TryWrite(delivery);
        }
        finally
        {
            if (!handed) _waiting.Return(delivery.Bytes);
        }
    }

    /// <summary>The writer's end: whether there is something to take now or later.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken ct) => _work.Reader.WaitToReadAsync(ct);

    /// <summary>The writer's end: takes the next, if there is one.</summary>
    public bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Work? work) => _work.Reader.TryRead(out work);

    /// <summary>The writer's end: some reports have left its hands.</summary>
    public void Left(long bytes) => _waiting.Return(bytes);

    /// <summary>Nothing is taken any more.</summary>
    public void Stop() => _work.Writer.TryComplete();
}
