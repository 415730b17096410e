using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Tests.Storage.Conformance;

/// <summary>Reports, facts, high-water marks and gaps, on both stores.</summary>
public sealed class ReportsAndFacts
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData<BothStores>]
    public async Task A_report_is_kept_exactly(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        var writes = device.Writes(device.Open().Session);
        var report = device.Report(7, [0, 255, 0, 39]);
        report.Signature = [5, 6];
        writes.Reports.AddRange([report, device.Report(8, [])]);

        device.Commit(writes);

        var rows = await store.AskAsync(db => db.Reports.OrderBy(x => x.Sequence).ToListAsync(Ct));
        Assert.Equivalent(writes.Reports, rows, strict: true);
    }

    [Theory, ClassData<BothStores>]
    public async Task A_report_of_a_mebibyte_is_kept_exactly(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        var writes = device.Writes(device.Open().Session);
        var bytes = System.Security.Cryptography.RandomNumberGenerator.GetBytes(1 << 20);
        writes.Reports.Add(device.Report(1, bytes));
        writes.Facts[3] = device.Fact(3, bytes);

        device.Commit(writes);

        Assert.True(store.Ingest.Reports(device.Id, 0, 1).Single().Bytes.AsSpan().SequenceEqual(bytes));
        Assert.True(device.Read().Facts.Single().Bytes.AsSpan().SequenceEqual(bytes));
    }

    [Theory, ClassData<BothStores>]
    public async Task Row_numbers_are_never_given_twice_and_rise(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        var ids = new List<long>();

        foreach (var count in (int[])[1, 999, 1, 2500, 3])
        {
            var first = store.Ingest.TakeReportIds(count);
            for (var i = 0; i < count; i++) ids.Add(first + i);
            device.Open();
        }

        Assert.Equal(ids.Order().Distinct(), ids);
    }

    [Theory, ClassData<BothStores>]
    public async Task Of_one_device_a_row_of_reports_comes_in_order_without_those_of_others(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var (device, other) = (await store.EnrolAsync(), await store.EnrolAsync());
        var (mine, theirs) = (device.Writes(device.Open().Session), other.Writes(other.Open().Session));
        for (var i = 1; i <= 5; i++)
        {
            mine.Reports.Add(device.Report(i));
            theirs.Reports.Add(other.Report(i));
        }
        store.Ingest.Commit(new IngestBatch([mine, theirs], [], StoreUnderTest.Start));

        var rows = store.Ingest.Reports(device.Id, mine.Reports[1].Id, 3);

        Assert.Equal(mine.Reports.Skip(1).Take(3).Select(x => x.Id), rows.Select(x => x.Id));
    }

    [Theory, ClassData<BothStores>]
    public async Task The_latest_fact_of_each_kind_is_kept(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        var session = device.Open().Session;
        var (first, second) = (device.Writes(session), device.Writes(session));
        (first.Facts[1], first.Facts[2], second.Facts[1]) = (device.Fact(1, 1), device.Fact(2, 2), device.Fact(1, 9));
        second.Verified[2] = StoreUnderTest.Start.AddDays(1);
        second.Verified[77] = StoreUnderTest.Start;

        store.Ingest.Commit(new IngestBatch([first, second], [], StoreUnderTest.Start));

        var facts = device.Read().Facts.OrderBy(x => x.Kind).ToList();
        Assert.Equal([(1, (byte)9), (2, (byte)2)], facts.Select(x => (x.Kind, x.Bytes.Single())));
        Assert.Equal(StoreUnderTest.Start.AddDays(1), facts[1].VerifiedAt);
    }

    [Theory, ClassData<BothStores>]
    public async Task The_high_water_mark_rises_for_its_epoch_alone(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        var other = device with { Epoch = new byte[16] };
        other.Open();
        var writes = device.Writes(device.Open().Session);
        (writes.LastSequence, writes.LastHash) = (41, [1, 2]);

        device.Commit(writes);

        Assert.Equal((41L, (byte)1, 0L, (byte[]?)null), (device.Read().LastSequence, device.Read().LastHash![0], other.Read().LastSequence, other.Read().LastHash));
    }

    [Theory, ClassData<BothStores>]
    public async Task A_batch_that_only_says_unchanged_leaves_the_mark_where_it_is(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        var session = device.Open().Session;
        var writes = device.Writes(session);
        (writes.LastSequence, writes.LastHash) = (41, [1, 2]);
        device.Commit(writes);

        device.Commit(device.Writes(session));

        Assert.Equal(41, device.Read().LastSequence);
    }

    [Theory, ClassData<BothStores>]
    public async Task Gaps_are_kept_and_those_that_are_told_better_go(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        var session = device.Open().Session;
        var (noticed, told) = (device.Writes(session), device.Writes(session));
        noticed.Gaps.AddRange([Gap(device, 3, 9), Gap(device, 20, 21)]);
        told.ForgottenGaps.Add(3);
        told.Gaps.AddRange([Gap(device, 3, 5, Protocol.Gap.Types.Cause.SpoolFull), Gap(device, 6, 9), Gap(device, null, null, Protocol.Gap.Types.Cause.SpoolDamaged)]);

        device.Commit(noticed);
        device.Commit(told);

        var rows = await store.AskAsync(db => db.Gaps.OrderBy(x => x.Id).ToListAsync(Ct));
        Assert.Equal([20L, 3, 6, null], rows.Select(x => x.FirstSequence));
        Assert.Equal([6L, 20], device.Read().Unexplained.Select(x => x.FirstSequence!.Value));
        Assert.Equal(StoreUnderTest.Start.AddHours(-1), rows[1].LostFrom);
    }

    [Theory, ClassData<BothStores>]
    public async Task A_device_is_read_with_who_owns_it_and_what_it_is(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync(row => row.PreviousPublicKey = [7, 8, 9]);
        device.Open();

        var record = device.Read();

        var row = await store.AskAsync(db => db.Devices.SingleAsync(Ct));
        Assert.Equal((row.OwnerId, row.EnrolledAt, 1L, row.LastSeenAt, false),
            (record.OwnerId, record.EnrolledAt, record.Session, record.LastSeenAt, record.OwnerIsApprentice));
        Assert.Equal(row.PublicKey, record.PublicKey);
        Assert.Equal([7, 8, 9], record.PreviousPublicKey);
    }

    private static ReportGap Gap(StoredDevice device, long? first, long? last, Gap.Types.Cause cause = Protocol.Gap.Types.Cause.Unspecified) => new()
    {
        DeviceId = device.Id, Epoch = device.Epoch, FirstSequence = first, LastSequence = last, Cause = cause, NoticedAt = StoreUnderTest.Start,
        LostFrom = cause == Protocol.Gap.Types.Cause.Unspecified ? null : StoreUnderTest.Start.AddHours(-1),
    };
}
