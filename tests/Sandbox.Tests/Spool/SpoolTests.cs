using System.Runtime.Versioning;
using Sandbox.Agent;
using Sandbox.Protocol;

namespace Sandbox.Tests.Spool;

public sealed class SpoolTests
{
    [Fact]
    public void Sequences_begin_at_one()
    {
        using var folder = new SpoolFolder();
        using var spool = folder.Open();

        spool.Append([SpoolFolder.Report(1), SpoolFolder.Report(2)]);

        Assert.Equal([1UL, 2UL], SpoolFolder.Read(spool).Select(r => r.Sequence));
    }

    [Fact]
    public void The_very_bytes_come_back()
    {
        using var folder = new SpoolFolder();
        using var spool = folder.Open();
        var report = SpoolFolder.Report(7, 100_000);

        spool.Append([report]);

        Assert.Equal(Convert.ToHexString(report), Assert.Single(SpoolFolder.Read(spool)).Report);
    }

    [Fact]
    public void Epoch_and_sequence_go_on_after_a_restart()
    {
        using var folder = new SpoolFolder();
        byte[] epoch;
        using (var before = folder.Open())
        {
            epoch = before.Epoch;
            before.Append([SpoolFolder.Report(1)]);
        }

        using var spool = folder.Open();
        spool.Append([SpoolFolder.Report(2)]);

        Assert.Equal((epoch, 2UL), (spool.Epoch, spool.Last), new EpochAndLast());
    }

    [Fact]
    public void The_sequence_goes_on_even_when_everything_was_acknowledged()
    {
        using var folder = new SpoolFolder();
        using (var before = folder.Open(SpoolFolder.SmallSegments))
        {
            for (var i = 0; i < 20; i++) before.Append([SpoolFolder.Report(i)]);
            before.Acknowledge(20);
        }

        using var spool = folder.Open(SpoolFolder.SmallSegments);

        Assert.Equal(20UL, spool.Last);
        Assert.Equal(20UL, spool.Acknowledged);
        Assert.Equal(SpoolFolder.Report(19), spool.LastReport);
    }

    [Fact]
    public void Acknowledged_segments_are_deleted()
    {
        using var folder = new SpoolFolder();
        using var spool = folder.Open(SpoolFolder.SmallSegments);
        for (var i = 0; i < 20; i++) spool.Append([SpoolFolder.Report(i)]);

        spool.Acknowledge(20);

        Assert.Single(folder.Segments());
    }

    [Fact]
    public void A_segment_with_one_unacknowledged_report_stays()
    {
        using var folder = new SpoolFolder();
        using var spool = folder.Open(SpoolFolder.SmallSegments);
        for (var i = 1; i <= 20; i++) spool.Append([SpoolFolder.Report(i)]);

        spool.Acknowledge(17);

        Assert.Equal([18UL, 19UL, 20UL], SpoolFolder.Read(spool, 18).Select(r => r.Sequence));
    }

    [Fact]
    public void An_older_acknowledgement_changes_nothing()
    {
        using var folder = new SpoolFolder();
        using var spool = folder.Open();
        spool.Append([SpoolFolder.Report(1), SpoolFolder.Report(2)]);
        spool.Acknowledge(2);

        spool.Acknowledge(1);

        Assert.Equal(2UL, spool.Acknowledged);
    }

    [Fact]
    public void A_server_that_was_set_back_gets_again_what_is_still_here()
    {
        using var folder = new SpoolFolder();
        using var spool = folder.Open();
        spool.Append([SpoolFolder.Report(1), SpoolFolder.Report(2)]);
        spool.Acknowledge(2);

        spool.Unacknowledge(0);

        Assert.Equal(0UL, spool.Acknowledged);
        Assert.Equal(2, SpoolFolder.Read(spool).Count);
    }

    [Fact]
    public void A_full_spool_drops_its_oldest_segments()
    {
        using var folder = new SpoolFolder();
        using var spool = folder.Open(new(TotalBytes: 2000, SegmentBytes: 200));
        for (var i = 0; i < 100; i++)
        {
            spool.MakeRoom(100);
            spool.Append([SpoolFolder.Report(i)]);
        }

        Assert.InRange(spool.Bytes, 1000, 2000);
        Assert.Equal(100UL, SpoolFolder.Read(spool)[^1].Sequence);
    }

    [Fact]
    public void What_a_full_spool_dropped_is_named_without_holes()
    {
        using var folder = new SpoolFolder();
        using var spool = folder.Open(new(TotalBytes: 2000, SegmentBytes: 200));
        for (var i = 0; i < 100; i++)
        {
            spool.MakeRoom(100);
            spool.Append([SpoolFolder.Report(i)]);
        }

        var gaps = spool.TakeGaps();
        Assert.All(gaps, gap => Assert.Equal(Gap.Types.Cause.SpoolFull, gap.Cause));
        var lost = gaps.SelectMany(g => Enumerable.Range((int)g.FirstSequence, (int)(g.LastSequence - g.FirstSequence) + 1)).Select(s => (ulong)s);
        Assert.Equal(Enumerable.Range(1, 100).Select(i => (ulong)i), lost.Concat(SpoolFolder.Read(spool).Select(r => r.Sequence)));
    }

    [Fact]
    public void Dropping_what_was_acknowledged_is_no_gap()
    {
        using var folder = new SpoolFolder();
        using var spool = folder.Open(SpoolFolder.SmallSegments);
        for (var i = 0; i < 5; i++) spool.Append([SpoolFolder.Report(i)]);
        spool.Acknowledge(5);

        spool.MakeRoom(2 << 20);

        Assert.Empty(spool.TakeGaps());
    }

    [Fact]
    public void Two_agents_cannot_share_a_folder()
    {
        using var folder = new SpoolFolder();
        using var spool = folder.Open();

        var fault = Assert.Throws<SetupException>(() => folder.Open());

        Assert.Contains("Another sandbox-agent is using", fault.Message, StringComparison.Ordinal);
    }

    [Fact, SupportedOSPlatform("linux")]
    public void Nobody_else_may_read_it()
    {
        using var folder = new SpoolFolder();
        using var spool = folder.Open();
        spool.Append([SpoolFolder.Report(1)]);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.Path));
        Assert.All(Directory.GetFiles(folder.Path), f => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(f)));
    }

    [Fact]
    public async Task A_waiting_reader_wakes_with_the_append()
    {
        using var folder = new SpoolFolder();
        using var spool = folder.Open();
        using var reader = new Agent.Uplink.SpoolReader(spool, 1);
        var waiting = reader.WaitAsync(TestContext.Current.CancellationToken);

        spool.Append([SpoolFolder.Report(1)]);

        await waiting.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        Assert.True(reader.TryNext(out _, out _));
    }

    [Fact]
    public void A_reader_goes_on_over_a_dropped_segment()
    {
        using var folder = new SpoolFolder();
        using var spool = folder.Open(new(TotalBytes: 2000, SegmentBytes: 200));
        for (var i = 0; i < 10; i++) spool.Append([SpoolFolder.Report(i)]);
        using var reader = new Agent.Uplink.SpoolReader(spool, 1);
        reader.TryNext(out _, out _);

        spool.MakeRoom(1500);

        Assert.True(reader.TryNext(out var sequence, out _));
        Assert.True(sequence > 2, $"{sequence} should lie behind what was dropped");
    }

    private sealed class EpochAndLast : IEqualityComparer<(byte[] Epoch, ulong Last)>
    {
        public bool Equals((byte[] Epoch, ulong Last) x, (byte[] Epoch, ulong Last) y) => x.Last == y.Last && x.Epoch.SequenceEqual(y.Epoch);

        public int GetHashCode((byte[] Epoch, ulong Last) obj) => obj.Last.GetHashCode();
    }
}
