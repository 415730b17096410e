using Sandbox.Ledger;

namespace Sandbox.Storage.Log;

/// <summary>What the log's root hash was at an older size.</summary>
public static class PastRoot
{
    /// <summary>
    /// Reads it out of the tiles. They count only while they lead from that root to the one of the head: what a damaged tile says of the past is no
    /// contradiction to anything.
    /// </summary>
    /// <exception cref="InvalidDataException">Tiles in the database are missing or altered.</exception>
    public static async Task<byte[]> RootAtAsync(this ILogStore store, LogHead head, long size, CancellationToken ct)
    {
        var root = await new TreeReader(size, store.TileAsync).RootAsync(ct);
        var proof = await new TreeReader(head.Size, store.TileAsync).ConsistencyAsync(size, ct);
        return MerkleProof.IsConsistent(size, root, head.Size, head.Root, proof)
            ? root
            : throw new InvalidDataException($"the tiles do not give the root of its {head.Size} entries.");
    }
}
