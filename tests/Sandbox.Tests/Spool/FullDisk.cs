using Sandbox.Agent.Uplink;

namespace Sandbox.Tests.Spool;

public sealed class FullDisk
{
    [Fact]
    public void A_report_that_does_not_fit_leaves_nothing_behind()
    {
        using var disk = SmallDisk.Mount();
        using var spool = Agent.Uplink.Spool.Open(Path.Combine(disk.Path, "spool"));
        spool.Append([SpoolFolder.Report(1)]);
        var before = spool.Bytes;
        disk.Fill(free: 8192);

        Assert.Throws<IOException>(() => spool.Append([SpoolFolder.Report(2, 100_000)]));

        Assert.Equal((before, 1UL), (spool.Bytes, spool.Last));
        Assert.Equal(before, new FileInfo(Directory.GetFiles(Path.Combine(disk.Path, "spool"), "*.segment")[0]).Length);
    }

    [Fact]
    public void A_segment_that_cannot_begin_leaves_no_file()
    {
        using var disk = SmallDisk.Mount();
        using var spool = Agent.Uplink.Spool.Open(Path.Combine(disk.Path, "spool"), new SpoolLimits(1 << 20, 10));
        spool.Append([SpoolFolder.Report(1)]);
        disk.Fill();

        Assert.Throws<IOException>(() => spool.Append([SpoolFolder.Report(2)]));

        Assert.Single(Directory.GetFiles(Path.Combine(disk.Path, "spool"), "*.segment"));
    }

    [Fact]
    public void It_goes_on_when_there_is_room_again()
    {
        using var disk = SmallDisk.Mount();
        using var spool = Agent.Uplink.Spool.Open(Path.Combine(disk.Path, "spool"));
        spool.Append([SpoolFolder.Report(1)]);
        disk.Fill();
        Assert.Throws<IOException>(() => spool.Append([SpoolFolder.Report(2, 100_000)]));

        disk.Empty();
        spool.Append([SpoolFolder.Report(2)]);

        Assert.Equal([(1UL, SpoolFolder.Hex(1)), (2UL, SpoolFolder.Hex(2))], SpoolFolder.Read(spool));
    }
}
