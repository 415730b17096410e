using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Storage.Telemetry;
using Sandbox.Storage.Traffic;

namespace Sandbox.Tests.Storage.Conformance;

/// <summary>Traffic adds up per minute and hour, on both stores.</summary>
public sealed class Traffic
{
    private static readonly uint Minute = (uint)(StoreUnderTest.Start.ToUnixTimeSeconds() / 60);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData<BothStores>]
    public async Task Parts_of_a_minute_add_up_and_minutes_make_an_hour(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        var session = device.Open().Session;

        Commit(device, session, Of(Minute, 20_000, ("eth0", 100, true), ("docker0", 70, false)));
        Commit(device, session, Of(Minute, 30_000, ("eth0", 50, true)), Of(Minute + 1, 60_000, ("eth0", 7, true)));

        var rows = await store.AskAsync(db => db.Traffic.OrderBy(x => x.Span).ThenBy(x => x.Slot).ThenBy(x => x.Interface).ToListAsync(Ct));
        Assert.Equal(
            [
                (TrafficSpan.Minute, "", 50_000, 150), (TrafficSpan.Minute, "docker0", 20_000, 70), (TrafficSpan.Minute, "eth0", 50_000, 150),
                (TrafficSpan.Minute, "", 60_000, 7), (TrafficSpan.Minute, "eth0", 60_000, 7),
                (TrafficSpan.Hour, "", 110_000, 157), (TrafficSpan.Hour, "docker0", 20_000, 70), (TrafficSpan.Hour, "eth0", 110_000, 157),
            ],
            rows.Select(row => (row.Span, row.Interface, (int)row.MeasuredMs, (int)row.ReceivedBytes)));
        Assert.Equal(100 * 8, rows[0].ReceivedPeak);
    }

    [Theory, ClassData<BothStores>]
    public async Task A_sum_that_no_column_holds_stands_at_its_highest_and_harms_nothing_else(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        var session = device.Open().Session;

        for (var i = 0; i < 3; i++) Commit(device, session, [.. Enumerable.Repeat(Of(Minute, uint.MaxValue, ("eth\0é", ulong.MaxValue, true)), 900)]);

        var row = await store.AskAsync(db => db.Traffic.SingleAsync(x => x.Span == TrafficSpan.Minute && x.Interface == StoredTraffic.Total, Ct));
        Assert.Equal(TrafficSums.Most, row.ReceivedBytes);
    }

    [Theory, ClassData<BothStores>]
    public async Task Old_minutes_go_and_their_hours_stay(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var (device, other) = (await store.EnrolAsync(), await store.EnrolAsync());
        var session = device.Open().Session;
        Commit(device, session, Of(Minute, 60_000, ("eth0", 5, true)));
        Commit(other, other.Open().Session, Of(Minute, 60_000, ("eth0", 5, true)));
        var later = device.Writes(session);
        var now = StoreUnderTest.Start.AddDays(StoredTraffic.DaysOfMinutes + 1);

        later.Traffic.Add(device.Id, Of((uint)(now.ToUnixTimeSeconds() / 60), 60_000, ("eth0", 9, true)), now);
        store.Ingest.Commit(new IngestBatch([later], [], now));

        var rows = await store.AskAsync(db => db.Traffic.Where(x => x.Interface == "eth0").ToListAsync(Ct));
        Assert.Equal([9], rows.Where(row => row.DeviceId == device.Id && row.Span == TrafficSpan.Minute).Select(row => (int)row.ReceivedBytes));
        Assert.Equal([5, 9], rows.Where(row => row.DeviceId == device.Id && row.Span == TrafficSpan.Hour).Select(row => (int)row.ReceivedBytes).Order());
        Assert.Equal(2, rows.Count(row => row.DeviceId == other.Id));
    }

    [Theory, ClassData<BothStores>]
    public async Task A_minute_of_another_year_is_passed_over(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();

        Commit(device, device.Open().Session, Of(Minute - (400 * 24 * 60), 60_000, ("eth0", 5, true)), Of(Minute + (400 * 24 * 60), 60_000, ("eth0", 5, true)));

        Assert.Equal(0, await store.AskAsync(db => db.Traffic.CountAsync(Ct)));
    }

    private static void Commit(StoredDevice device, long session, params TrafficMinute[] minutes)
    {
        var writes = device.Writes(session);
        foreach (var minute in minutes) writes.Traffic.Add(device.Id, minute, StoreUnderTest.Start);
        Assert.Equal(Reason.Unspecified, device.Commit(writes));
    }

    private static TrafficMinute Of(uint minute, uint measured, params (string Name, ulong Received, bool InTotal)[] interfaces)
    {
        var made = new TrafficMinute { Minute = minute, MeasuredMs = measured };
        made.Interfaces.AddRange(interfaces.Select(one => new InterfaceTraffic
        {
            Name = one.Name, InTotal = one.InTotal, ReceivedBytes = one.Received, ReceivedPeak = one.Received == ulong.MaxValue ? ulong.MaxValue : one.Received * 8,
        }));
        return made;
    }
}
