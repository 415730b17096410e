using Sandbox.Ledger;

namespace Sandbox.Storage.Log;

/// <summary>An evidence log to be read from its first entry to its last: in a database, or in a copy of one.</summary>
public interface IReadableLog
{
    /// <summary>Where it is. Null: it has not begun.</summary>
    Task<LogHead?> HeadAsync(CancellationToken ct);

    /// <summary>Entries in the order of their places, as many of them as there are. Each call asks for those after the call before.</summary>
    Task<IReadOnlyList<ReadEntry>> EntriesAsync(long first, int count, CancellationToken ct);

    /// <summary>The hashes of a tile as far as they are filled. Null: there is none.</summary>
    Task<byte[]?> TileAsync(int level, long index, CancellationToken ct);

    /// <summary>Bodies of the <see cref="EntryKind.Erasure"/> entries that stand at a place or behind it, or have none yet: what they name is erased already.</summary>
    Task<IReadOnlyList<byte[]>> ErasuresFromAsync(long place, CancellationToken ct);
}

/// <summary>What is read of an entry.</summary>
/// <param name="Place">Index of the leaf, from 0.</param>
/// <param name="Kind">What it is listed as.</param>
/// <param name="Leaf">The leaf's bytes.</param>
/// <param name="Salt">The salt of its commitment. Null: erased.</param>
/// <param name="Body">What it commits to. Null: erased.</param>
public sealed record ReadEntry(long Place, EntryKind Kind, byte[] Leaf, byte[]? Salt, byte[]? Body);
