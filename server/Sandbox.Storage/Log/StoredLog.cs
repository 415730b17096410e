using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;

namespace Sandbox.Storage.Log;

/// <summary>The evidence log in a database.</summary>
public sealed class StoredLog(SandboxDb db) : IReadableLog
{
    /// <inheritdoc/>
    public Task<LogHead?> HeadAsync(CancellationToken ct) => db.LogHeads.AsNoTracking().SingleOrDefaultAsync(ct);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ReadEntry>> EntriesAsync(long first, int count, CancellationToken ct) =>
        await db.LogEntries.Where(entry => entry.LeafIndex >= first && entry.LeafIndex < first + count).OrderBy(entry => entry.LeafIndex)
            .Select(entry => new ReadEntry(entry.LeafIndex!.Value, entry.Kind, entry.Leaf, entry.Salt, entry.Body)).ToListAsync(ct);

    /// <inheritdoc/>
    public Task<byte[]?> TileAsync(int level, long index, CancellationToken ct) =>
        db.LogTiles.Where(tile => tile.Level == level && tile.Index == index).Select(tile => tile.Hashes).SingleOrDefaultAsync(ct);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<byte[]>> ErasuresFromAsync(long place, CancellationToken ct) =>
        await db.LogEntries.Where(entry => (entry.LeafIndex == null || entry.LeafIndex >= place) && entry.Kind == EntryKind.Erasure && entry.Body != null).Select(entry => entry.Body!).ToListAsync(ct);
}
