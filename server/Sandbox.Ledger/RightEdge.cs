namespace Sandbox.Ledger;

/// <summary>The tiles at the right end of a tree that are not full, one for each level: all that has to be known of a tree to let it grow.</summary>
public sealed class RightEdge
{
    private readonly List<EdgeTile> _levels = [];
    private List<Tile> _full = [];

    /// <summary>Tiles that are new or have grown.</summary>
    public IReadOnlyList<Tile> Changed => [.. _full, .. _levels.Where(tile => tile.HasGrown).Select(tile => tile.ToTile())];

    /// <summary>Reads the edge of a tree.</summary>
    /// <exception cref="InvalidDataException">A tile is missing or too short.</exception>
    public static async Task<RightEdge> ReadAsync(long size, TileReader tiles, CancellationToken ct)
    {
        var edge = new RightEdge();
        for (var (level, count) = (0, size); count > 0; level++, count /= Tile.Width)
        {
            var (index, width) = (count / Tile.Width, (int)(count % Tile.Width));
            var hashes = width == 0 ? [] : await tiles(level, index, ct) ?? [];
            edge._levels.Add(new EdgeTile(level, index, TilePath.RequireWidth(level, index, hashes, width)));
        }
        return edge;
    }

    /// <summary>The tiles that have become full since this was last asked; <see cref="Changed"/> names them no more. So a large tree can be grown in little memory.</summary>
    public IReadOnlyList<Tile> TakeFull()
    {
        var full = _full;
        _full = [];
        return full;
    }

    /// <summary>Adds a hash behind the last one of its level.</summary>
    public void Append(ReadOnlySpan<byte> hash, int level = 0)
    {
        if (level == _levels.Count) _levels.Add(new EdgeTile(level, 0, []));
        var tile = _levels[level];
        tile.Append(hash);
        if (!tile.IsFull) return;
        _full.Add(tile.ToTile());
        _levels[level] = new EdgeTile(level, tile.Index + 1, []);
        Append(MerkleHash.Complete(tile.Hashes), level + 1);
    }

    /// <summary>Root hash of the whole tree.</summary>
    public byte[] Root()
    {
        byte[]? root = null;
        foreach (var tile in _levels)
        {
            // What lies to the right of a level's hashes is the root of all levels below.
            for (var rest = tile.Hashes; rest.Length > 0;)
            {
                var size = LowestPeak(rest.Length / MerkleHash.Length) * MerkleHash.Length;
                var peak = MerkleHash.Complete(rest[^size..]);
                root = root is null ? peak : MerkleHash.Node(peak, root);
                rest = rest[..^size];
            }
        }
        return root ?? MerkleHash.EmptyRoot;
    }

    private static int LowestPeak(int count) => count & -count;

    private sealed class EdgeTile(int level, long index, ReadOnlySpan<byte> hashes)
    {
        private readonly byte[] _hashes = Copy(hashes);
        private int _length = hashes.Length;

        public long Index => index;

        public bool HasGrown { get; private set; }

        public bool IsFull => _length == _hashes.Length;

        public ReadOnlySpan<byte> Hashes => _hashes.AsSpan(0, _length);

        public void Append(ReadOnlySpan<byte> hash)
        {
            hash.CopyTo(_hashes.AsSpan(_length));
            _length += MerkleHash.Length;
            HasGrown = true;
        }

        public Tile ToTile() => new(level, index, Hashes.ToArray());

        private static byte[] Copy(ReadOnlySpan<byte> hashes)
        {
            var room = new byte[Tile.Width * MerkleHash.Length];
            hashes.CopyTo(room);
            return room;
        }
    }
}
