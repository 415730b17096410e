using CsCheck;
using Sandbox.Ledger;

namespace Sandbox.Tests.Ledger;

/// <summary>Trees of any size, grown in any steps.</summary>
public sealed class TreeProperties
{
    private static readonly Gen<long> _size = Gen.Frequency((20, Gen.Long[1, 40]), (20, Gen.Long[200, 600]), (4, Gen.Const(256L)), (4, Gen.Const(512L)), (1, Gen.Const(65_537L)));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public Task Grown_in_any_steps_the_root_is_that_of_the_definition() => Gen.Int[0, 90].Array[1, 12].SampleAsync(async steps =>
    {
        var tree = new GrownTree();
        foreach (var step in steps) await tree.GrowAsync(step);

        Assert.Equal(GrownTree.RootByDefinition(0, tree.Size), tree.Root);
        Assert.Equal(tree.Root, await tree.Reader().RootAsync(Ct));
    }, iter: Fuzz.Times(60), threads: 1);

    [Fact]
    public Task The_root_of_every_older_size_can_be_read_again() => Gen.Select(Gen.Long[0, 600], Gen.Long[0, 600]).SampleAsync(async (older, more) =>
    {
        var tree = await GrownTree.OfAsync(older);
        var root = tree.Root;

        await tree.GrowAsync(more);

        Assert.Equal(root, await tree.Reader(older).RootAsync(Ct));
    }, iter: Fuzz.Times(60), threads: 1);

    [Fact]
    public Task Every_leaf_is_proved_and_no_other_leaf_by_its_path() => Gen.Select(_size, Gen.Long[0, 100_000]).SampleAsync(async (size, any) =>
    {
        var tree = await GrownTree.OfAsync(size);
        var index = any % size;

        var path = await tree.Reader().InclusionAsync(index, Ct);

        var leaf = MerkleHash.Leaf(GrownTree.Entry(index));
        Assert.True(MerkleProof.IsIncluded(leaf, index, size, tree.Root, path));
        Assert.False(MerkleProof.IsIncluded(MerkleHash.Leaf(GrownTree.Entry(index + 1)), index, size, tree.Root, path));
        if (size > 1) Assert.False(MerkleProof.IsIncluded(leaf, (index + 1) % size, size, tree.Root, path));
        Assert.False(MerkleProof.IsIncluded(leaf, index, size, tree.Root, [.. path, MerkleHash.EmptyRoot]));
        if (path.Count > 0) Assert.False(MerkleProof.IsIncluded(leaf, index, size, tree.Root, [.. path.Skip(1)]));
    }, iter: Fuzz.Times(80), threads: 1);

    [Fact]
    public Task Every_older_tree_is_proved_to_be_the_beginning_and_no_other_tree() => Gen.Select(_size, Gen.Long[0, 100_000]).SampleAsync(async (size, any) =>
    {
        var tree = await GrownTree.OfAsync(size);
        var older = any % (size + 1);
        var olderRoot = await tree.Reader(older).RootAsync(Ct);

        var proof = await tree.Reader().ConsistencyAsync(older, Ct);

        Assert.True(MerkleProof.IsConsistent(older, olderRoot, size, tree.Root, proof));
        Assert.False(MerkleProof.IsConsistent(older, MerkleHash.Leaf([1]), size, tree.Root, proof));
        if (older > 0) Assert.False(MerkleProof.IsConsistent(older, olderRoot, size, MerkleHash.Leaf([1]), proof));
        Assert.False(MerkleProof.IsConsistent(older, olderRoot, size, tree.Root, [.. proof, MerkleHash.EmptyRoot]));
    }, iter: Fuzz.Times(80), threads: 1);

    [Fact]
    public Task One_changed_hash_anywhere_breaks_a_proof() => Gen.Select(Gen.Long[2, 600], Gen.Int[0, 10_000], Gen.Int[0, 255]).SampleAsync(async (size, place, bit) =>
    {
        var tree = await GrownTree.OfAsync(size);
        var index = place % size;
        var path = await tree.Reader().InclusionAsync(index, Ct);

        path[place % path.Count][bit / 8] ^= (byte)(1 << (bit % 8));

        Assert.False(MerkleProof.IsIncluded(MerkleHash.Leaf(GrownTree.Entry(index)), index, size, tree.Root, path));
    }, iter: Fuzz.Times(60), threads: 1);

    [Fact]
    public async Task Growth_reads_one_tile_a_level_and_writes_only_what_changed()
    {
        var tree = await GrownTree.OfAsync(65_536 + 300);
        var read = new List<(int, long)>();

        var growth = await TreeGrowth.AppendAsync(tree.Size, tree.Root, (level, index, ct) =>
        {
            read.Add((level, index));
            return tree.ReadAsync(level, index, ct);
        }, [[1]], Ct);

        Assert.Equal([(0, 257L), (1, 1L), (2, 0L)], read);
        Assert.Equal((0, 257L), (Assert.Single(growth.Tiles).Level, growth.Tiles[0].Index));
    }

    [Fact]
    public async Task A_tile_that_was_altered_stops_the_growth()
    {
        var tree = await GrownTree.OfAsync(300);
        tree.Tiles[(0, 1)][5] ^= 1;

        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => tree.GrowAsync(1));

        Assert.Equal("The tiles of the tree of 300 leaves do not give its root hash any more.", fault.Message);
    }

    [Fact]
    public async Task A_tile_that_is_gone_is_named()
    {
        var tree = await GrownTree.OfAsync(300);
        tree.Tiles.Remove((0, 1));

        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => tree.GrowAsync(1));

        Assert.Equal("tile/0/001 has 0 hashes instead of 44 or more.", fault.Message);
    }
}
