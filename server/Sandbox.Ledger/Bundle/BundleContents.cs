namespace Sandbox.Ledger.Bundle;

/// <summary>What a bundle is made of.</summary>
public sealed record BundleContents
{
    /// <summary>The signed note. Its size is that of the tree in the bundle, and larger than the export's index.</summary>
    public required byte[] Checkpoint { get; init; }

    /// <summary>Reads the tiles of a tree of that size, or of one that has grown since.</summary>
    public required TileReader Tiles { get; init; }

    /// <summary>Reads the leaves.</summary>
    public required LeafReader Leaves { get; init; }

    /// <summary>Every document, with <see cref="BundlePath.Entries"/> among them: the very ones to whose sums the export's entry commits.</summary>
    public required IReadOnlyList<BundleDocument> Documents { get; init; }

    /// <summary>The entry that records this export.</summary>
    public required DisclosedEntry Export { get; init; }

    /// <summary>Checkpoints that two keys signed, by the id (8 hexadecimal digits) of the key that ended. Empty: the log has had one key.</summary>
    public IReadOnlyDictionary<string, byte[]> Handovers { get; init; } = new Dictionary<string, byte[]>();
}

/// <summary>Reads the bytes of neighbouring leaves, in order: as many as are asked for.</summary>
public delegate Task<IReadOnlyList<byte[]>> LeafReader(long first, int count, CancellationToken ct);
