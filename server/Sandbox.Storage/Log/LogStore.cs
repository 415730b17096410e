using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Storage.Log;

/// <summary>What is alike in every database. The one hot statement, that which gives a thousand entries their places, is each store's own.</summary>
public abstract class LogStore(IDbContextFactory<SandboxDb> contexts) : ILogStore
{
    // Compiled once: a proof reads a few tiles, one after the other.
    private readonly Func<SandboxDb, int, long, CancellationToken, Task<byte[]?>> _tile = EF.CompileAsyncQuery(
        (SandboxDb db, int level, long index, CancellationToken _) => db.LogTiles.Where(tile => tile.Level == level && tile.Index == index).Select(tile => tile.Hashes).SingleOrDefault());

    /// <inheritdoc/>
    public Task<LogHead> HeadAsync(string origin, CancellationToken ct) => InStoreAsync(async db =>
    {
        if (await db.LogHeads.AsNoTracking().SingleOrDefaultAsync(ct) is { } head) return head;
        var first = new LogHead { Origin = origin, Root = MerkleHash.EmptyRoot };
        db.LogHeads.Add(first);
        try
        {
            await db.SaveChangesAsync(ct);
            return first;
        }
        catch (DbUpdateException)
        {
            // Another server was quicker, or the database does not work.
            if (await db.LogHeads.AsNoTracking().SingleOrDefaultAsync(ct) is { } other) return other;
            throw;
        }
    }, ct);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<PendingLeaf>> PendingAsync(int most, CancellationToken ct) => InStoreAsync<IReadOnlyList<PendingLeaf>>(async db =>
        await db.LogEntries.Where(entry => entry.LeafIndex == null).OrderBy(entry => entry.Id).Take(most)
            .Select(entry => new PendingLeaf(entry.Id, entry.Leaf)).ToListAsync(ct), ct);

    /// <inheritdoc/>
    public abstract Task<bool> IntegrateAsync(LogGrowth growth, CancellationToken ct);

    /// <inheritdoc/>
    public virtual Task<bool> PublishAsync(long size, byte[] checkpoint, DateTimeOffset now, CancellationToken ct) => InStoreAsync(async db =>
        await db.LogHeads.Where(head => head.Size == size && head.HaltedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(head => head.Checkpoint, checkpoint).SetProperty(head => head.CheckpointSize, size).SetProperty(head => head.PublishedAt, now), ct) == 1, ct);

    /// <inheritdoc/>
    public Task HaltAsync(string reason, byte[] checkpoint, DateTimeOffset now, CancellationToken ct) => InStoreAsync(db =>
        db.LogHeads.Where(head => head.HaltedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(head => head.HaltedAt, now).SetProperty(head => head.HaltReason, reason).SetProperty(head => head.HaltCheckpoint, checkpoint), ct), ct);

    /// <inheritdoc/>
    public Task<byte[]?> TileAsync(int level, long index, CancellationToken ct) => InStoreAsync(db => _tile(db, level, index, ct), ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<byte[]>> LeavesAsync(long first, int count, CancellationToken ct) => InStoreAsync<IReadOnlyList<byte[]>>(async db =>
        await db.LogEntries.Where(entry => entry.LeafIndex >= first && entry.LeafIndex < first + count).OrderBy(entry => entry.LeafIndex)
            .Select(entry => entry.Leaf).ToListAsync(ct), ct);

    private async Task<T> InStoreAsync<T>(Func<SandboxDb, Task<T>> work, CancellationToken ct)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            return await work(db);
        }
        catch (Exception fault) when (fault is DbException or DbUpdateException)
        {
            throw new StoreUnavailableException($"The database does not serve the evidence log now: {(fault.InnerException ?? fault).Message}", fault);
        }
    }
}
