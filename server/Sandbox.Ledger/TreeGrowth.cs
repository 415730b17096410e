namespace Sandbox.Ledger;

/// <summary>
/// What becomes of a tree when entries are appended. Only the right edge is read: at most one tile for each level, however large the tree is.
/// <code>var growth = await TreeGrowth.AppendAsync(head.Size, head.Root, store.TileAsync, leaves, ct);</code>
/// </summary>
/// <param name="Size">Leaves after.</param>
/// <param name="Root">Root hash after.</param>
/// <param name="Tiles">Tiles that are new or have grown.</param>
public sealed record TreeGrowth(long Size, byte[] Root, IReadOnlyList<Tile> Tiles)
{
    /// <summary>Appends entries to a tree.</summary>
    /// <param name="size">Its leaves at present.</param>
    /// <param name="root">Its root hash at present: the tiles must still give it.</param>
    /// <param name="tiles">Reads its tiles.</param>
    /// <param name="entries">The new leaves' bytes, in order.</param>
    /// <param name="ct">Ends the reading.</param>
    /// <exception cref="InvalidDataException">A tile is missing, too short or altered.</exception>
    public static async Task<TreeGrowth> AppendAsync(long size, ReadOnlyMemory<byte> root, TileReader tiles, IEnumerable<byte[]> entries, CancellationToken ct)
    {
        var edge = await RightEdge.ReadAsync(size, tiles, ct);
        if (!edge.Root().AsSpan().SequenceEqual(root.Span))
            throw new InvalidDataException($"The tiles of the tree of {size} leaves do not give its root hash any more.");
        foreach (var entry in entries)
        {
            edge.Append(MerkleHash.Leaf(entry));
            size++;
        }
        return new TreeGrowth(size, edge.Root(), edge.Changed);
    }
}
