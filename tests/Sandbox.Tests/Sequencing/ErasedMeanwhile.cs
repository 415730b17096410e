using Sandbox.Storage.Log;

namespace Sandbox.Tests.Sequencing;

/// <summary>A log of a store to which something happens as soon as its head was read.</summary>
internal sealed class ErasedMeanwhile(IReadableLog log, Func<Task> happens) : IReadableLog
{
    public async Task<LogHead?> HeadAsync(CancellationToken ct)
    {
        var head = await log.HeadAsync(ct);
        await happens();
        return head;
    }

    public Task<IReadOnlyList<ReadEntry>> EntriesAsync(long first, int count, CancellationToken ct) => log.EntriesAsync(first, count, ct);

    public Task<byte[]?> TileAsync(int level, long index, CancellationToken ct) => log.TileAsync(level, index, ct);

    public Task<IReadOnlyList<byte[]>> ErasuresFromAsync(long place, CancellationToken ct) => log.ErasuresFromAsync(place, ct);
}
