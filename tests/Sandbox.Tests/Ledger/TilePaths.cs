using Sandbox.Ledger;

namespace Sandbox.Tests.Ledger;

public sealed class TilePaths
{
    [Theory]
    [InlineData("tile/0/000", 0, 0, 256)]
    [InlineData("tile/3/x001/x234/067", 3, 1_234_067, 256)]
    [InlineData("tile/1/x001/000.p/17", 1, 1000, 17)]
    [InlineData("tile/entries/007.p/255", null, 7, 255)]
    public void A_path_is_read_and_written(string text, int? level, long index, int width)
    {
        var path = new TilePath(level, index, width);

        Assert.Equal(path, TilePath.Parse(text));
        Assert.Equal(text, path.ToString());
    }

    [Theory]
    [InlineData("0/000")]
    [InlineData("tile/")]
    [InlineData("tile/0")]
    [InlineData("tile/6/000")]
    [InlineData("tile/00/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/leaves/000")]
    [InlineData("tile/0/1")]
    [InlineData("tile/0/0000")]
    [InlineData("tile/0/x000/001")]
    [InlineData("tile/0/001/002")]
    [InlineData("tile/0/x001")]
    [InlineData("tile/0/٠٠٠")]
    [InlineData("tile/0/000.p")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/07")]
    [InlineData("tile/0/000.p/1/2")]
    [InlineData("tile/0/x999/x999/x999/x999/x999/x999/999")]
    public void What_is_no_path_is_refused_in_words(string text) =>
        Assert.NotEmpty(Assert.Throws<FormatException>(() => TilePath.Parse(text)).Message);
}
