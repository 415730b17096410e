namespace Sandbox.Ledger;

/// <summary>A piece of the tree (C2SP tlog-tiles, height 8): up to 256 neighbouring hashes of one level.</summary>
/// <param name="Level">0 holds leaf hashes, 1 the roots of full tiles of level 0, and so on.</param>
/// <param name="Index">Place within the level, from 0.</param>
/// <param name="Hashes">1 to 256 hashes of 32 bytes. A tile only ever grows: a partial tile of an older tree is its beginning.</param>
public sealed record Tile(int Level, long Index, byte[] Hashes)
{
    /// <summary>Hashes of a full tile.</summary>
    public const int Width = 256;

    /// <summary>Levels of the tree that a tile spans.</summary>
    public const int Height = 8;

    /// <summary>Highest level that a path can name.</summary>
    public const int HighestLevel = 5;
}

/// <summary>Reads a tile as far as it is filled. Null: there is none.</summary>
public delegate Task<byte[]?> TileReader(int level, long index, CancellationToken ct);
