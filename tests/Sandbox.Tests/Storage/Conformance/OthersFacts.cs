using Google.Protobuf;
using Sandbox.Protocol;
using Sandbox.Storage.Devices;
using Sandbox.Storage.People;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Tests.Storage.Conformance;

/// <summary>What machines of others say, on both stores.</summary>
public sealed class OthersFacts
{
    private static readonly Guid Anna = Guid.NewGuid();
    private static readonly Guid Ben = Guid.NewGuid();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData<BothStores>]
    public async Task Facts_that_hold_a_text_are_found_on_active_machines_of_others_alone(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        await PeopleAsync(store);
        var device = await UsingAsync(store, Anna, "//lab-07/lab");
        await UsingAsync(store, Anna, "//lab-07/lab");
        await UsingAsync(store, Ben, "//lab-07/other");
        await UsingAsync(store, Ben, "//lab-07/lab", row => row.State = DeviceState.Retired);
        var found = await UsingAsync(store, Ben, "//lab-07/lab", row => (row.Name, row.ClockOffsetMs) = ("lab-09", 60_000));

        var one = Assert.Single(store.Ingest.FactsOfOthers(device.Id, Anna, Fact.KindOneofCase.Shares, "7/lab"));

        Assert.Equal(("lab-09", Ben, "Ben Ode", 1L), (one.Machine, one.Owner, one.OwnerName, one.ReportId));
        // Its clock is a minute ahead.
        Assert.Equal(found.Fact(1).ChangedAt.AddMinutes(-1), one.ChangedAt);
        Assert.Equal("//lab-07/lab", one.Fact.Shares.RemoteMounts[0].Source);
        Assert.Equal(2, store.Ingest.FactsOfOthers(device.Id, Anna, Fact.KindOneofCase.Shares, "").Count);
        Assert.Empty(store.Ingest.FactsOfOthers(device.Id, Anna, Fact.KindOneofCase.Neighbours, ""));
    }

    [Theory, ClassData<BothStores>]
    public async Task Of_many_the_newest_are_given(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        await PeopleAsync(store);
        var device = await UsingAsync(store, Anna, "//lab-07/lab");
        for (var i = 0; i < IIngestStore.MostOthers + 1; i++) await UsingAsync(store, Ben, "//lab-07/lab", row: i);

        var found = store.Ingest.FactsOfOthers(device.Id, Anna, Fact.KindOneofCase.Shares, "/lab");

        Assert.Equal((IIngestStore.MostOthers, 1), (found.Count, found.Min(one => one.ReportId)));
    }

    [Theory, ClassData<BothStores>]
    public async Task A_clock_out_of_this_world_spoils_no_question_of_another_device(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        await PeopleAsync(store);
        var device = await UsingAsync(store, Anna, "//lab-07/lab");
        await UsingAsync(store, Ben, "//lab-07/lab", row => row.ClockOffsetMs = (long)(DateTimeOffset.MaxValue - StoreUnderTest.Start).TotalMilliseconds);

        Assert.Equal(DateTimeOffset.MinValue, Assert.Single(store.Ingest.FactsOfOthers(device.Id, Anna, Fact.KindOneofCase.Shares, "")).ChangedAt);
        Assert.Single(store.Ingest.FactsOfOthers(device.Id, Anna, Fact.KindOneofCase.Shares, ""));
    }

    [Theory, ClassData<BothStores>]
    public async Task A_report_is_found_whosever_it_is(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        var writes = device.Writes(device.Open().Session);
        var report = device.Report(1, [7]);
        writes.Reports.Add(report);
        device.Commit(writes);

        Assert.Equal((device.Id, 1L, "07"), store.Ingest.Report(report.Id) is { } found ? (found.DeviceId, found.Sequence, Convert.ToHexString(found.Bytes)) : default);
        Assert.Null(store.Ingest.Report(report.Id + 1));
    }

    private static Task<int> PeopleAsync(StoreUnderTest store) => store.AskAsync(db =>
    {
        foreach (var (id, name) in new[] { (Anna, "Anna Beck"), (Ben, "Ben Ode") }) db.Users.Add(new Person { Id = id, UserName = name[..3], DisplayName = name });
        return db.SaveChangesAsync(Ct);
    });

    private static async Task<StoredDevice> UsingAsync(StoreUnderTest store, Guid owner, string source, Action<Device>? change = null, long? row = null)
    {
        var device = await store.EnrolAsync(enrolled =>
        {
            enrolled.OwnerId = owner;
            change?.Invoke(enrolled);
        });
        var fact = device.Fact((int)Fact.KindOneofCase.Shares, new Fact { Shares = new Shares { RemoteMounts = { new RemoteMount { Source = source, Mounted = true } } } }.ToByteArray());
        fact.ReportId = row ?? fact.ReportId;
        await store.AskAsync(db =>
        {
            db.Facts.Add(fact);
            return db.SaveChangesAsync(Ct);
        });
        return device;
    }
}
