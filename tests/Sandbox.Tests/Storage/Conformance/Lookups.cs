using Microsoft.EntityFrameworkCore;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Tests.Storage.Conformance;

/// <summary>What the ingest looks up, on both stores.</summary>
public sealed class Lookups
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData<BothStores>]
    public async Task Due_are_active_devices_whose_time_has_come_the_longest_due_first(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        async Task<StoredDevice> Due(int minutes, DeviceState state = DeviceState.Active) => await store.EnrolAsync(row => (row.JudgeAt, row.State) = (StoreUnderTest.Start.AddMinutes(minutes), state));
        var (second, first, third) = (await Due(-5), await Due(-60), await Due(0));
        await Due(1);
        await Due(-90, DeviceState.Quarantined);
        await store.EnrolAsync();

        Assert.Equal([first.Id, second.Id, third.Id], store.Ingest.DueForJudgement(StoreUnderTest.Start, 10));
        Assert.Equal([first.Id], store.Ingest.DueForJudgement(StoreUnderTest.Start, 1));
    }

    [Theory, ClassData<BothStores>]
    public async Task Other_devices_with_the_same_hardware_are_found_whatever_their_state(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var (device, retired, other) = (await store.EnrolAsync(), await store.EnrolAsync(), await store.EnrolAsync());
        foreach (var (named, names) in new[] { (device, new[] { "board 7", "card 1" }), (retired, ["board 7", "card 1", "card 2"]), (other, ["BOARD 7"]) }) Name(named, names);
        await store.AskAsync(db => db.Devices.Where(x => x.Id == retired.Id).ExecuteUpdateAsync(set => set.SetProperty(x => x.State, DeviceState.Retired), Ct));

        var found = Assert.Single(store.Ingest.OthersWithHardware(device.Id, ["board 7", "card 1", "card 3"]));

        var row = await store.AskAsync(db => db.Devices.SingleAsync(x => x.Id == retired.Id, Ct));
        Assert.Equal((row.Id, row.OwnerId, row.EnrolledAt, null), (found.Device, found.OwnerId, found.EnrolledAt, found.ReplacedBy));
        Assert.Equal(["board 7", "card 1", "card 2"], found.Names.Order(StringComparer.Ordinal));
    }

    [Theory, ClassData<BothStores>]
    public async Task Which_device_took_the_place_of_another_with_the_same_hardware_is_told(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var (device, old) = (await store.EnrolAsync(), await store.EnrolAsync());
        Name(old, "board 7");
        await store.AskAsync(db => db.Devices.Where(x => x.Id == old.Id).ExecuteUpdateAsync(set => set.SetProperty(x => x.ReplacedBy, device.Id), Ct));

        Assert.Equal(device.Id, Assert.Single(store.Ingest.OthersWithHardware(device.Id, ["board 7"])).ReplacedBy);
    }

    [Theory, ClassData<BothStores>]
    public async Task A_lab_of_copies_is_not_read_to_its_end_and_the_first_of_them_is_found(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var (device, copy) = (await store.EnrolAsync(), await store.EnrolAsync());
        var first = await store.EnrolAsync(row => row.EnrolledAt = StoreUnderTest.Start.AddDays(-1));
        Name(copy, [.. Enumerable.Range(0, IIngestStore.MostNames).Select(card => $"card {card}"), "board 7"]);
        Name(first, "board 7");

        var found = store.Ingest.OthersWithHardware(device.Id, ["board 7"]);

        Assert.Equal(first.Id, found[0].Device);
        Assert.Equal(IIngestStore.MostNames, found.Sum(x => x.Names.Count));
    }

    [Theory, ClassData<BothStores>]
    public async Task The_time_to_judge_and_the_hardware_are_written_and_stay(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        var session = device.Open().Session;
        var writes = device.Writes(session);
        writes.JudgeAt = StoreUnderTest.Start;
        writes.HardwareNames.Add("board 7");

        device.Commit(writes);
        Name(device, session, "board 7", "card 1");

        Assert.Equal(["board 7", "card 1"], device.Read().HardwareNames.Order(StringComparer.Ordinal));
        Assert.Equal([device.Id], store.Ingest.DueForJudgement(StoreUnderTest.Start, 10));
    }

    private static void Name(StoredDevice device, params string[] names) => Name(device, device.Open().Session, names);

    private static void Name(StoredDevice device, long session, params string[] names)
    {
        var writes = device.Writes(session);
        writes.HardwareNames.UnionWith(names);
        device.Commit(writes);
    }
}
