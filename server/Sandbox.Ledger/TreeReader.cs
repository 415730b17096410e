using System.Numerics;

namespace Sandbox.Ledger;

/// <summary>
/// Root hashes and proofs of a tree, made from its tiles (RFC 6962 §2.1). Tiles are read once each. Every method throws
/// <see cref="InvalidDataException"/> when a tile is missing or too short.
/// </summary>
/// <param name="size">Leaves of the tree; an older size than that of the tiles is as good.</param>
/// <param name="tiles">Reads its tiles.</param>
public sealed class TreeReader(long size, TileReader tiles)
{
    private readonly Dictionary<(int Level, long Index), byte[]> _read = [];

    /// <summary>The root hash.</summary>
    public async Task<byte[]> RootAsync(CancellationToken ct) => size == 0 ? MerkleHash.EmptyRoot : await RangeAsync(0, size, ct);

    /// <summary>The audit path of a leaf, from its neighbour upwards.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree has no such leaf.</exception>
    public async Task<IReadOnlyList<byte[]>> InclusionAsync(long index, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<byte[]>();
        for (var (first, end) = (0L, size); end - first > 1;)
        {
            var middle = first + Split(end - first);
            path.Add(index < middle ? await RangeAsync(middle, end, ct) : await RangeAsync(first, middle, ct));
            if (index < middle) end = middle;
            else first = middle;
        }
        path.Reverse();
        return path;
    }

    /// <summary>That the tree of an older size is this tree's beginning; empty for size 0 and for this size itself.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree was never of that size.</exception>
    public async Task<IReadOnlyList<byte[]>> ConsistencyAsync(long older, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(older);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(older, size);
        if (older == 0) return [];
        var proof = new List<byte[]>();
        var (first, end) = (0L, size);
        while (end != older)
        {
            var middle = first + Split(end - first);
            proof.Add(older <= middle ? await RangeAsync(middle, end, ct) : await RangeAsync(first, middle, ct));
            if (older <= middle) end = middle;
            else first = middle;
        }
        // Who has the older root knows this hash when it is that root.
        if (first > 0) proof.Add(await RangeAsync(first, end, ct));
        proof.Reverse();
        return proof;
    }

    // The largest power of two below a count.
    private static long Split(long count) => 1L << BitOperations.Log2((ulong)(count - 1));

    private async Task<byte[]> RangeAsync(long first, long end, CancellationToken ct)
    {
        var count = end - first;
        if (BitOperations.IsPow2(count) && first % count == 0) return await SubtreeAsync(first, BitOperations.Log2((ulong)count), ct);
        var middle = first + Split(count);
        var (left, right) = (await RangeAsync(first, middle, ct), await RangeAsync(middle, end, ct));
        return MerkleHash.Node(left, right);
    }

    private async Task<byte[]> SubtreeAsync(long first, int height, CancellationToken ct)
    {
        var level = height / Tile.Height;
        var place = first >> (level * Tile.Height);
        var (index, offset, count) = (place / Tile.Width, (int)(place % Tile.Width), 1 << (height % Tile.Height));
        if (!_read.TryGetValue((level, index), out var hashes)) _read[(level, index)] = hashes = await tiles(level, index, ct) ?? [];
        return Above(TilePath.RequireWidth(level, index, hashes, offset + count), offset);
    }

    private static byte[] Above(ReadOnlySpan<byte> hashes, int offset) => MerkleHash.Complete(hashes[(offset * MerkleHash.Length)..]);
}
