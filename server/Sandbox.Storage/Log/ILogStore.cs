namespace Sandbox.Storage.Log;

/// <summary>
/// The sequencer's way into the store. Every method is one transaction that is on the disk when it returns, and throws
/// <see cref="Telemetry.StoreUnavailableException"/> when the database cannot do it now.
/// </summary>
public interface ILogStore
{
    /// <summary>Where the log is; makes the row of an empty log with this origin when there is none.</summary>
    Task<LogHead> HeadAsync(string origin, CancellationToken ct);

    /// <summary>Entries without a place, the oldest first. None where another server is the one that gives places.</summary>
    Task<IReadOnlyList<PendingLeaf>> PendingAsync(int most, CancellationToken ct);

    /// <summary>Gives entries their places and writes the tiles that grew; false: the head is no longer at <see cref="LogGrowth.From"/>, and nothing was written.</summary>
    Task<bool> IntegrateAsync(LogGrowth growth, CancellationToken ct);

    /// <summary>Keeps a checkpoint of the present size; false: the head is elsewhere by now or halted, and the checkpoint must not be shown.</summary>
    Task<bool> PublishAsync(long size, byte[] checkpoint, DateTimeOffset now, CancellationToken ct);

    /// <summary>Stops signing; the first reason stands.</summary>
    Task HaltAsync(string reason, byte[] checkpoint, DateTimeOffset now, CancellationToken ct);

    /// <summary>The hashes of a tile as far as they are filled. Null: there is none.</summary>
    Task<byte[]?> TileAsync(int level, long index, CancellationToken ct);

    /// <summary>The leaves of consecutive places, as many of them as there are.</summary>
    Task<IReadOnlyList<byte[]>> LeavesAsync(long first, int count, CancellationToken ct);
}

/// <summary>An entry that waits for its place.</summary>
/// <param name="EntryId">Row of the entry.</param>
/// <param name="Leaf">The leaf's bytes.</param>
public sealed record PendingLeaf(long EntryId, byte[] Leaf);

/// <summary>A step of the tree.</summary>
/// <param name="From">Size before.</param>
/// <param name="EntryIds">Rows that get the places from <paramref name="From"/> on.</param>
/// <param name="Tiles">Tiles that are new or have grown.</param>
/// <param name="Root">Root hash after.</param>
public sealed record LogGrowth(long From, IReadOnlyList<long> EntryIds, IReadOnlyList<LogTile> Tiles, byte[] Root);
