using Sandbox.Storage.Devices;

namespace Sandbox.Tests.Storage.Conformance;

/// <summary>What the ingest looks up, on both stores.</summary>
public sealed class Lookups
{
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
        var device = await store.EnrolAsync(row => row.HardwareId = "board 7");
        var retired = await store.EnrolAsync(row => (row.HardwareId, row.State) = ("board 7", DeviceState.Retired));
        await store.EnrolAsync(row => row.HardwareId = "BOARD 7");
        await store.EnrolAsync();

        Assert.Equal([retired.Id], store.Ingest.OthersWithHardware(device.Id, "board 7"));
    }

    [Theory, ClassData<BothStores>]
    public async Task The_time_to_judge_and_the_hardware_are_written_and_stay(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        var session = device.Open().Session;
        var writes = device.Writes(session);
        (writes.JudgeAt, writes.HardwareId) = (StoreUnderTest.Start, "board 7");

        device.Commit(writes);
        device.Commit(device.Writes(session));

        Assert.Equal("board 7", device.Read().HardwareId);
        Assert.Equal([device.Id], store.Ingest.DueForJudgement(StoreUnderTest.Start, 10));
    }
}
