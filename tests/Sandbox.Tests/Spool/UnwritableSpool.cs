using Sandbox.Agent;
using Sandbox.Agent.Uplink;

namespace Sandbox.Tests.Spool;

public sealed class UnwritableSpool
{
    [Fact]
    public void A_folder_that_cannot_be_made_is_said_in_words()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "in the way");

        var fault = Assert.Throws<SetupException>(() => Agent.Uplink.Spool.Open(Path.Combine(folder["file"], "spool")));

        Assert.Contains("cannot be made", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_segment_that_cannot_go_makes_facts_wait()
    {
        using var folder = new SpoolFolder();
        using var written = new WrittenReports(new SpoolLimits(TotalBytes: 100, SegmentBytes: 10), folder.Path);
        await written.Put(WrittenReports.Named("a"));
        await written.Put(WrittenReports.Named("b"));
        var oldest = folder.Segments()[0];
        File.Delete(oldest);
        Directory.CreateDirectory(oldest);

        Assert.False(await written.Put(WrittenReports.Named("c")));
    }

    [Theory]
    [InlineData(15), InlineData(65537), InlineData(-1)]
    public void A_limit_out_of_range_is_said_in_words(int limit) =>
        Assert.Contains("give 16 to 65536", Assert.Throws<SetupException>(() => SpoolLimits.OfMebibytes(limit)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(16), InlineData(65536)]
    public void A_limit_counts_mebibytes(int limit) => Assert.Equal(limit * 1024L * 1024, SpoolLimits.OfMebibytes(limit).TotalBytes);
}
