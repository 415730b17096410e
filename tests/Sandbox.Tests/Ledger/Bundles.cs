using System.IO.Compression;
using System.Text;
using Sandbox.Ledger;
using Sandbox.Ledger.Bundle;

namespace Sandbox.Tests.Ledger;

/// <summary>The zip that auditors are handed, as its writer makes it.</summary>
public sealed class Bundles
{
    private static readonly DisclosedEntry _entry = new(12, [.. Enumerable.Range(0, 16).Select(i => (byte)i)], [0xFB, 0xFF]);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_whole_tree_and_every_document_lie_in_it_once()
    {
        using var zip = new ZipArchive(new MemoryStream(await WriteAsync(300)));

        var expected = TilePath.OfTree(300).Select(path => path.ToString()).Concat(["README.txt", "entries.jsonl", "SHA256SUMS", "export.json", "checkpoint", "handovers/0123abcd"]);
        Assert.Equal(expected.Order(StringComparer.Ordinal), zip.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
        Assert.Equal(44 * MerkleHash.Length, zip.GetEntry("tile/0/001.p/44")!.Length);
        Assert.Equal(MerkleHash.Length, zip.GetEntry("tile/1/000.p/1")!.Length);
    }

    [Fact]
    public async Task A_tree_that_grew_meanwhile_makes_the_same_bytes() => Assert.Equal(await WriteAsync(300), await WriteAsync(300, grown: 70_000));

    [Fact]
    public async Task A_leaf_too_few_is_no_bundle()
    {
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => WriteAsync(300, leaves: 299));

        Assert.Equal("There are 43 leaves for tile/entries/001.p/44 instead of 44.", fault.Message);
    }

    [Theory]
    [InlineData(0, ""), InlineData(1, "tile/entries/000.p/1 tile/0/000.p/1"), InlineData(256, "tile/entries/000 tile/0/000 tile/1/000.p/1")]
    [InlineData(512, "tile/entries/000 tile/entries/001 tile/0/000 tile/0/001 tile/1/000.p/2")]
    public void The_paths_of_a_tree_are_as_wide_as_it_is(long size, string paths) => Assert.Equal(paths, string.Join(' ', TilePath.OfTree(size)));

    [Fact]
    public async Task Sums_read_as_sha256sum_writes_them()
    {
        var sums = await Sha256Sums.OfAsync([BundleDocument.Of("b", "two"u8.ToArray()), BundleDocument.Of("a/x", "one"u8.ToArray())], Ct);

        var text = Encoding.UTF8.GetString(sums.ToBytes());
        Assert.Equal("7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed  a/x\n3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3  b\n", text);
        Assert.Equal(sums.Hashes, Sha256Sums.Parse(sums.ToBytes()).Hashes);
    }

    [Theory]
    [InlineData("../x"), InlineData("a/../x"), InlineData("/x"), InlineData("a\\x"), InlineData("c:x"), InlineData(".x"), InlineData("a//x"), InlineData("checkpoint"), InlineData("tile/0/000")]
    public async Task No_document_leaves_the_bundle_or_takes_the_place_of_the_log(string path) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Sha256Sums.OfAsync([BundleDocument.Of(path, [])], Ct));

    [Theory]
    [InlineData("a  b"), InlineData("zz92c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed  a\n"), InlineData("7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed *a\n")]
    public void What_is_no_sums_is_told(string text) => Assert.Throws<FormatException>(() => Sha256Sums.Parse(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_disclosed_entry_reads_as_it_is_written()
    {
        Assert.Equal("""{"index":12,"salt":"000102030405060708090a0b0c0d0e0f","body":"+/8="}""", Encoding.ASCII.GetString(_entry.ToBytes()));
        Assert.Equal(_entry.ToBytes(), DisclosedEntry.Parse(_entry.ToBytes()).ToBytes());
        Assert.Equal(new DisclosedEntry(3, null, null), DisclosedEntry.Parse("""{"index":3}"""u8.ToArray()));
    }

    [Theory]
    [InlineData("""{"index": 12}"""), InlineData("""{"index":12.0}"""), InlineData("""{"index":12,"salt":"00"}"""), InlineData("""{"index":12,"body":"AA=="}"""), InlineData("""{"salt":"","body":""}""")]
    [InlineData("""{"index":12,"salt":"0A","body":""}"""), InlineData("""{"index":12,"index":12}"""), InlineData("""["index"]"""), InlineData(""), InlineData("""{"index":"12"}""")]
    public void An_entry_that_is_spelled_in_another_way_is_none(string line) => Assert.Throws<FormatException>(() => DisclosedEntry.Parse(Encoding.UTF8.GetBytes(line)));

    private static async Task<byte[]> WriteAsync(long size, long? grown = null, long? leaves = null)
    {
        var (tree, older) = (await GrownTree.OfAsync(grown ?? size), await GrownTree.OfAsync(size));
        using var key = LogKey.FromSeed("lab.example/evidence", new byte[LogKey.SeedLength]);
        var contents = new BundleContents
        {
            Checkpoint = new Checkpoint("lab.example/evidence", size, older.Root).Sign(key),
            Tiles = tree.ReadAsync,
            Leaves = (first, count, _) => Task.FromResult<IReadOnlyList<byte[]>>([.. Enumerable.Range(0, (int)Math.Min(count, (leaves ?? size) - first)).Select(i => GrownTree.Entry(first + i))]),
            Documents = [BundleDocument.Of("entries.jsonl", [.. _entry.ToBytes(), (byte)'\n']), BundleDocument.Of("README.txt", "Read me."u8.ToArray())],
            Export = _entry with { Index = size - 1 },
            Handovers = new Dictionary<string, byte[]> { ["0123abcd"] = "a note"u8.ToArray() },
        };
        using var zip = new MemoryStream();
        await BundleWriter.WriteAsync(zip, contents, Ct);
        return zip.ToArray();
    }
}
