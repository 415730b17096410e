namespace Sandbox.Storage.Log;

/// <summary>A tile of the tree (C2SP tlog-tiles, height 8) as far as it is filled; a partial tile of an older size is its beginning.</summary>
public sealed class LogTile
{
    /// <summary>Level: 0 holds leaf hashes.</summary>
    public int Level { get; set; }

    /// <summary>Index within the level, from 0.</summary>
    public long Index { get; set; }

    /// <summary>1 to 256 hashes of 32 bytes.</summary>
    public required byte[] Hashes { get; set; }
}
