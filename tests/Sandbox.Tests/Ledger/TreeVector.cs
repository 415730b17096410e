using Sandbox.Ledger;

namespace Sandbox.Tests.Ledger;

/// <summary>The log of 70,000 entries that other programs made.</summary>
public sealed class TreeVector
{
    private const string Root = "o5IPun8jmgcam9EHIfE0Gt3vuu3ttBx+JEN6nRa98Ao=";
    private static readonly byte[] Seed = [.. Enumerable.Range(0, 32).Select(x => (byte)x)];

    [Fact]
    public async Task It_has_the_root_that_others_found()
    {
        var tree = await GrownTree.OfAsync(70_000);

        Assert.Equal(Root, Convert.ToBase64String(tree.Root));
    }

    [Fact]
    public async Task Grown_in_uneven_steps_it_has_the_same_root_and_tiles()
    {
        var (whole, stepwise) = (await GrownTree.OfAsync(70_000), new GrownTree());

        for (var step = 1; stepwise.Size < 70_000; step = (step * 3 % 4099) + 1) await stepwise.GrowAsync(Math.Min(step, 70_000 - stepwise.Size));

        Assert.Equal(Root, Convert.ToBase64String(stepwise.Root));
        Assert.Equal(whole.Tiles.OrderBy(tile => tile.Key).Select(tile => tile.Value), stepwise.Tiles.OrderBy(tile => tile.Key).Select(tile => tile.Value));
    }

    [Fact]
    public async Task Served_as_files_it_is_277_of_them_and_each_bundle_is_beside_its_tile()
    {
        var tree = await GrownTree.OfAsync(70_000);

        var tiles = tree.Tiles.Select(tile => new TilePath(tile.Key.Level, tile.Key.Index, tile.Value.Length / MerkleHash.Length)).ToList();
        var bundles = tiles.Where(tile => tile.Level == 0).Select(tile => tile with { Level = null }).ToList();

        // 274 + 2 + 1 tiles; as many bundles as tiles of level 0.
        Assert.Equal((277, 274), (tiles.Count, bundles.Count));
        Assert.Contains("tile/0/273.p/112", tiles.Select(tile => tile.ToString()));
        Assert.Contains("tile/2/000.p/1", tiles.Select(tile => tile.ToString()));
    }

    [Fact]
    public async Task Its_checkpoint_is_signed_by_the_known_key()
    {
        var tree = await GrownTree.OfAsync(70_000);
        using var key = LogKey.FromSeed("lab.example/evidence", Seed);

        var note = SignedNote.Parse(new Checkpoint("lab.example/evidence", tree.Size, tree.Root).Sign(key));

        Assert.Equal($"lab.example/evidence\n70000\n{Root}\n", note.Text);
        Assert.True(note.IsSignedBy(VerifierKey.Parse("lab.example/evidence+2c556326+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4")));
    }
}
