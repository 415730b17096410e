using Sandbox.Protocol;

namespace Sandbox.Tests.Spool;

public sealed class SpoolDamage
{
    [Fact]
    public void A_torn_tail_is_cut_and_reported_as_a_gap()
    {
        using var folder = Filled(3);
        SpoolFolder.Alter(folder.Segments()[^1], bytes => bytes[..^5]);

        using var spool = folder.Open();

        Assert.Equal([1UL, 2UL], SpoolFolder.Read(spool).Select(r => r.Sequence));
        var gap = Assert.Single(spool.TakeGaps());
        Assert.Equal(Gap.Types.Cause.SpoolDamaged, gap.Cause);
        Assert.False(gap.HasFirstSequence);
    }

    [Fact]
    public void After_a_torn_tail_new_reports_follow_on()
    {
        using var folder = Filled(3);
        SpoolFolder.Alter(folder.Segments()[^1], bytes => bytes[..^5]);
        using (var torn = folder.Open()) torn.Append([SpoolFolder.Report(30)]);

        using var spool = folder.Open();

        Assert.Equal((3UL, SpoolFolder.Hex(30)), SpoolFolder.Read(spool)[^1]);
        Assert.False(spool.HasGaps);
    }

    [Theory]
    [InlineData(0), InlineData(5), InlineData(9), InlineData(20)]
    public void A_damaged_middle_is_a_gap_with_its_sequence(int offsetInFrame)
    {
        using var folder = Filled(3);
        var frame = 16 + SpoolFolder.Report(1).Length;
        SpoolFolder.Alter(folder.Segments()[0], bytes => Flip(bytes, 24 + frame + offsetInFrame));

        using var spool = folder.Open();

        Assert.Equal([1UL, 3UL], SpoolFolder.Read(spool).Select(r => r.Sequence));
        var gap = Assert.Single(spool.TakeGaps());
        Assert.Equal((2UL, 2UL), (gap.FirstSequence, gap.LastSequence));
    }

    [Fact]
    public void A_missing_segment_is_one_gap()
    {
        using var folder = Filled(20, segments: true);
        var names = folder.Segments();
        File.Delete(names[1]);

        using var spool = folder.Open();

        var gap = Assert.Single(spool.TakeGaps());
        Assert.Equal(20UL, gap.LastSequence - gap.FirstSequence + 1 + (ulong)SpoolFolder.Read(spool).Count);
    }

    [Fact]
    public void A_segment_of_nothing_but_damage_is_one_gap()
    {
        using var folder = Filled(20, segments: true);
        SpoolFolder.Alter(folder.Segments()[1], bytes => [.. bytes.Select(b => (byte)(b ^ 0x5A))]);

        using var spool = folder.Open();

        var gap = Assert.Single(spool.TakeGaps());
        Assert.Equal(20UL, gap.LastSequence - gap.FirstSequence + 1 + (ulong)SpoolFolder.Read(spool).Count);
    }

    [Fact]
    public void Damage_in_what_the_server_has_is_no_gap()
    {
        using var folder = Filled(3, acknowledged: 2);
        SpoolFolder.Alter(folder.Segments()[0], bytes => Flip(bytes, 24 + 30));

        using var spool = folder.Open();

        Assert.False(spool.HasGaps);
    }

    [Fact]
    public void A_spool_set_back_behind_its_acknowledgements_begins_a_new_epoch()
    {
        using var folder = Filled(3, acknowledged: 3);
        byte[] epoch;
        using (var before = folder.Open()) epoch = before.Epoch;
        SpoolFolder.Alter(folder.Segments()[^1], bytes => bytes[..^5]);

        using var spool = folder.Open();

        Assert.NotEqual(epoch, spool.Epoch);
        Assert.Equal(0UL, spool.Last);
        Assert.Equal(Gap.Types.Cause.SpoolDamaged, Assert.Single(spool.TakeGaps()).Cause);
    }

    [Fact]
    public void A_damaged_epoch_file_is_made_good_from_the_segments()
    {
        using var folder = Filled(3);
        byte[] epoch;
        using (var before = folder.Open()) epoch = before.Epoch;
        SpoolFolder.Alter(Path.Combine(folder.Path, "epoch"), bytes => Flip(bytes, 3));

        using var spool = folder.Open();

        Assert.Equal(epoch, spool.Epoch);
        Assert.Equal(3UL, spool.Last);
    }

    [Fact]
    public void Segments_of_another_epoch_are_not_read()
    {
        using var folder = Filled(3);
        var old = File.ReadAllBytes(folder.Segments()[0]);
        using (var spool = folder.Open()) spool.StartOver();
        File.WriteAllBytes(Path.Combine(folder.Path, "00000000000000000001.segment"), old);

        using var reopened = folder.Open();

        Assert.Empty(SpoolFolder.Read(reopened));
    }

    [Fact]
    public void Damage_while_it_runs_is_stepped_over()
    {
        using var folder = new SpoolFolder();
        using var spool = folder.Open();
        for (var i = 1; i <= 3; i++) spool.Append([SpoolFolder.Report(i)]);
        using (var file = File.OpenHandle(folder.Segments()[0], FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            RandomAccess.Write(file, [0xFF, 0xFF], 24 + 20);

        Assert.Equal([2UL, 3UL], SpoolFolder.Read(spool).Select(r => r.Sequence));
    }

    private static SpoolFolder Filled(int reports, bool segments = false, ulong acknowledged = 0)
    {
        var folder = new SpoolFolder();
        using var spool = folder.Open(segments ? SpoolFolder.SmallSegments : null);
        for (var i = 1; i <= reports; i++) spool.Append([SpoolFolder.Report(i)]);
        spool.Acknowledge(acknowledged);
        return folder;
    }

    private static byte[] Flip(byte[] bytes, int at)
    {
        bytes[at] ^= 0x41;
        return bytes;
    }
}
