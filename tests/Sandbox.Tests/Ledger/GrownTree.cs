using System.Text;
using Sandbox.Ledger;

namespace Sandbox.Tests.Ledger;

/// <summary>A tree in memory that grew through its tiles alone, as in a store.</summary>
internal sealed class GrownTree
{
    public long Size { get; private set; }

    public byte[] Root { get; private set; } = MerkleHash.EmptyRoot;

    public Dictionary<(int Level, long Index), byte[]> Tiles { get; } = [];

    public static byte[] Entry(long index) => Encoding.UTF8.GetBytes($"entry {index}");

    public static async Task<GrownTree> OfAsync(long size)
    {
        var tree = new GrownTree();
        await tree.GrowAsync(size);
        return tree;
    }

    /// <summary>Appends the next entries.</summary>
    public async Task<TreeGrowth> GrowAsync(long count)
    {
        var growth = await TreeGrowth.AppendAsync(Size, Root, ReadAsync, Enumerable.Range(0, (int)count).Select(i => Entry(Size + i)).ToList(), TestContext.Current.CancellationToken);
        foreach (var tile in growth.Tiles) Tiles[(tile.Level, tile.Index)] = tile.Hashes;
        (Size, Root) = (growth.Size, growth.Root);
        return growth;
    }

    public TreeReader Reader(long? size = null) => new(size ?? Size, ReadAsync);

    public Task<byte[]?> ReadAsync(int level, long index, CancellationToken ct) => Task.FromResult(Tiles.GetValueOrDefault((level, index)));

    /// <summary>RFC 6962 §2.1 word for word: slow, and obviously right.</summary>
    public static byte[] RootByDefinition(long first, long end)
    {
        if (first == end) return MerkleHash.EmptyRoot;
        if (end - first == 1) return MerkleHash.Leaf(Entry(first));
        var split = 1L;
        while (split * 2 < end - first) split *= 2;
        return MerkleHash.Node(RootByDefinition(first, first + split), RootByDefinition(first + split, end));
    }
}
