using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Tests.Spool;

public sealed class ReportWriterTests
{
    private static readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_report_carries_epoch_sequence_time_and_salt()
    {
        using var written = new WrittenReports();

        await written.Put(WrittenReports.Named("a"));

        var report = Assert.Single(written.Reports());
        Assert.Equal(written.Spool.Epoch, report.Epoch.ToByteArray());
        Assert.Equal(1UL, report.Sequence);
        Assert.Equal(written.Time.GetUtcNow(), report.CollectedAt.ToDateTimeOffset());
        Assert.Equal(16, report.Salt.Length);
    }

    [Fact]
    public async Task Every_report_names_the_hash_of_the_one_before()
    {
        using var written = new WrittenReports();
        for (var i = 0; i < 4; i++) await written.Put(WrittenReports.Named($"{i}"));

        var (signed, reports) = (written.Signed(), written.Reports());

        Assert.False(reports[0].HasPreviousHash);
        for (var i = 1; i < 4; i++) Assert.Equal(ReportHash.Of(written.Device, signed[i - 1].Report.Span), reports[i].PreviousHash.ToByteArray());
    }

    [Fact]
    public async Task Salts_differ()
    {
        using var written = new WrittenReports();
        for (var i = 0; i < 4; i++) await written.Put(WrittenReports.Named("same"));

        Assert.Equal(4, written.Reports().Select(r => r.Salt).Distinct().Count());
    }

    [Fact]
    public async Task Facts_samples_and_unchanged_kinds_are_all_in_it()
    {
        using var written = new WrittenReports();

        await written.Writer.PutAsync(
            new FactBatch(written.Time.GetUtcNow(), [WrittenReports.Named("a")], [new Fact { AgentHealth = new AgentHealth() }], [Fact.KindOneofCase.Accounts]), _ct);

        var report = Assert.Single(written.Reports());
        Assert.Equal([Fact.KindOneofCase.Hardware, Fact.KindOneofCase.AgentHealth], report.Facts.Select(f => f.KindCase));
        Assert.Equal([5U], report.Unchanged);
    }

    [Fact]
    public async Task An_empty_batch_writes_nothing()
    {
        using var written = new WrittenReports();

        Assert.True(await written.Put());

        Assert.Empty(written.Reports());
    }

    [Fact]
    public async Task A_batch_that_is_too_large_for_one_report_becomes_two()
    {
        using var written = new WrittenReports();
        var half = new string('x', 3 * 1024 * 1024);

        await written.Put(WrittenReports.Named(half), WrittenReports.Named(half));

        Assert.Equal(2, written.Reports().Count);
        Assert.All(written.Signed(), s => Assert.InRange(s.Report.Length, 1, Wire.LargestReport));
    }

    [Fact]
    public async Task Only_the_last_part_of_a_split_batch_is_signed()
    {
        using var written = new WrittenReports();
        var half = new string('x', 3 * 1024 * 1024);

        await written.Put(WrittenReports.Named(half), WrittenReports.Named(half));

        Assert.Equal([false, true], written.Signed().Select(s => s.HasSignature));
    }

    [Fact]
    public async Task A_fact_that_no_report_can_hold_is_said_to_be_too_large()
    {
        using var written = new WrittenReports();

        Assert.True(await written.Put(WrittenReports.Named(new string('x', 5 * 1024 * 1024))));

        var hardware = Assert.Single(Assert.Single(written.Reports()).Facts).Hardware;
        Assert.Equal("too large to report: 5.0 MiB, a report holds 4 MiB", Assert.Single(hardware.Unseen).Why);
        Assert.False(hardware.HasProduct);
    }

    [Fact]
    public async Task A_loss_is_told_in_the_next_report_and_everything_is_asked_for_again()
    {
        using var written = new WrittenReports(new(TotalBytes: 2000, SegmentBytes: 200));
        for (var i = 0; i < 30; i++) await written.Put(WrittenReports.Named($"{i}"));

        Assert.Contains(written.Reports(), r => r.Gaps.Any(g => g.Cause == Gap.Types.Cause.SpoolFull));
        Assert.Empty(await written.Refresh.NextAsync(_ct));
    }

    [Fact]
    public async Task A_loss_is_told_once()
    {
        using var written = new WrittenReports();

        await written.Writer.NoteAsync(new Gap { Cause = Gap.Types.Cause.Refused, FirstSequence = 1, LastSequence = 1 }, _ct);
        await written.Put(WrittenReports.Named("next"));
        await written.Put(WrittenReports.Named("later"));

        Assert.Equal([1, 0], written.Reports().Select(r => r.Gaps.Count));
    }

    [Fact]
    public async Task Losses_that_follow_each_other_ask_for_everything_only_once_a_minute()
    {
        using var written = new WrittenReports();
        for (var i = 1UL; i <= 3; i++)
        {
            await written.Writer.NoteAsync(new Gap { Cause = Gap.Types.Cause.Refused, FirstSequence = i, LastSequence = i }, _ct);
            await written.Put(WrittenReports.Named($"{i}"));
        }

        await written.Refresh.NextAsync(_ct);
        var second = written.Refresh.NextAsync(_ct).AsTask();
        Assert.False(second.IsCompleted);
        written.Time.Advance(TimeSpan.FromMinutes(1));
        await written.Put(WrittenReports.Named("a minute later"));

        Assert.Empty(await second);
    }

    [Fact]
    public async Task A_new_epoch_begins_a_new_chain()
    {
        using var written = new WrittenReports();
        await written.Put(WrittenReports.Named("a"));
        var epoch = written.Spool.Epoch;

        await written.Writer.BeginEpochAsync(_ct);

        var report = Assert.Single(written.Reports());
        Assert.Equal((1UL, false, false), (report.Sequence, report.HasPreviousHash, report.Epoch.Span.SequenceEqual(epoch)));
        Assert.Empty(report.Gaps);
    }

    [Fact]
    public async Task A_new_epoch_takes_along_what_the_server_did_not_acknowledge_and_when_it_was_read()
    {
        using var written = new WrittenReports();
        foreach (var name in (string[])["a", "b", "c"]) await written.Put(WrittenReports.Named(name));
        var read = written.Time.GetUtcNow();
        written.Spool.Acknowledge(1);
        written.Time.Advance(TimeSpan.FromHours(1));

        await written.Writer.BeginEpochAsync(_ct);

        Assert.Equal(["b", "c"], written.Reports().Select(r => r.Facts.Single().Hardware.Product));
        Assert.All(written.Reports(), r => Assert.Equal(read, r.CollectedAt.ToDateTimeOffset()));
        Assert.True(written.Signed()[^1].HasSignature);
    }

    [Fact]
    public async Task What_a_crash_left_of_the_epoch_before_is_written_anew_at_the_next_start()
    {
        using var folder = new SpoolFolder();
        using (var before = new WrittenReports(folder: folder.Path))
        {
            await before.Put(WrittenReports.Named("a"));
            before.Spool.BeginEpoch();
        }

        using var written = new WrittenReports(folder: folder.Path);
        await written.Put(WrittenReports.Named("b"));

        Assert.Equal(["a", "b"], written.Reports().Select(r => r.Facts.Single().Hardware.Product));
        Assert.Empty(Directory.GetDirectories(folder.Path));
    }

    [Fact]
    public async Task On_a_full_disk_it_says_no_and_tells_of_the_time_later()
    {
        using var disk = SmallDisk.Mount();
        using var written = new WrittenReports(folder: Path.Combine(disk.Path, "spool"));
        await written.Put(WrittenReports.Named("before"));
        disk.Fill();
        var full = written.Time.GetUtcNow();
        Assert.False(await written.Put(WrittenReports.Named(new string('x', 10_000))));

        disk.Empty();
        written.Time.Advance(TimeSpan.FromSeconds(90));
        Assert.True(await written.Put(WrittenReports.Named("after")));

        Assert.Equal([1UL, 2UL], written.Reports().Select(r => r.Sequence));
        var gap = Assert.Single(written.Reports()[1].Gaps);
        Assert.Equal(
            (Gap.Types.Cause.DiskFull, full, full.AddSeconds(90)),
            (gap.Cause, gap.From.ToDateTimeOffset(), gap.To.ToDateTimeOffset()));
    }

    [Fact]
    public async Task Neighbouring_losses_of_one_cause_become_one()
    {
        using var written = new WrittenReports(new(TotalBytes: 1000, SegmentBytes: 200));
        for (var i = 0; i < 4; i++) written.Spool.Append([SpoolFolder.Report(i, 200)]);

        written.Spool.MakeRoom(1000);
        await written.Put(WrittenReports.Named("next"));

        var gap = Assert.Single(Report.Parser.ParseFrom(written.Signed()[^1].Report).Gaps);
        Assert.Equal((1UL, 3UL), (gap.FirstSequence, gap.LastSequence));
    }
}
