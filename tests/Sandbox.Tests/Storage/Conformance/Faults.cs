using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Findings;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Tests.Storage.Conformance;

/// <summary>A batch is whole or not there, and others may write beside it, on both stores.</summary>
public sealed class Faults
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData<BothStores>]
    public async Task A_fault_in_the_middle_leaves_nothing_of_the_batch_and_the_next_one_is_taken(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var (device, other) = (await store.EnrolAsync(), await store.EnrolAsync());
        var (writes, neighbour) = (Full(device, device.Open().Session), Full(other, other.Open().Session));
        var batch = new IngestBatch([writes, neighbour], [device.Hello()], StoreUnderTest.Start);
        await SayAsync(store, "ALTER TABLE \"Transitions\" RENAME TO \"Elsewhere\"");

        Assert.Throws<StoreUnavailableException>(() => store.Ingest.Commit(batch));
        await SayAsync(store, "ALTER TABLE \"Elsewhere\" RENAME TO \"Transitions\"");
        var after = (await RowsAsync(store), device.Read().Session, device.Read().LastSequence);
        store.Ingest.Commit(batch);

        Assert.Equal(((0, 0, 0), 1L, 0L), after);
        Assert.Equal((2, 2, 2), await RowsAsync(store));
    }

    [Theory, ClassData<BothStores>]
    public async Task A_row_number_that_is_taken_is_a_fault_and_never_a_second_report(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        var writes = Full(device, device.Open().Session);
        device.Commit(writes);

        Assert.Throws<StoreUnavailableException>(() => device.Commit(writes));

        Assert.Equal((1, 1, 1), await RowsAsync(store));
    }

    [Theory, ClassData<BothStores>]
    public async Task Commands_write_beside_the_writer_and_each_sees_what_the_other_did(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var devices = new List<StoredDevice>();
        for (var i = 0; i < 8; i++) devices.Add(await store.EnrolAsync());
        var sessions = store.Ingest.Commit(new IngestBatch([], [.. devices.Select(x => x.Hello())], StoreUnderTest.Start)).Openings;

        var writer = Task.Run(() =>
        {
            for (var round = 0; round < 40; round++)
                store.Ingest.Commit(new IngestBatch([.. devices.Zip(sessions, (device, session) => Full(device, session.Session))], [], StoreUnderTest.Start));
        }, Ct);
        var commands = Task.Run(async () =>
        {
            for (var round = 0; round < 40; round++) await RenameTwoAsync(store, devices[round % 8], devices[(round + 3) % 8], $"name {round}");
        }, Ct);
        await Task.WhenAll(writer, commands);

        Assert.Equal(320, await store.AskAsync(db => db.Reports.CountAsync(Ct)));
        Assert.Equal(8, await store.AskAsync(db => db.Devices.CountAsync(x => x.Name.StartsWith("name "), Ct)));
    }

    [Theory, ClassData<BothStores>]
    public async Task A_device_that_a_command_revokes_writes_nothing_from_then_on(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        var session = device.Open().Session;

        await store.AskAsync(db => db.Devices.ExecuteUpdateAsync(set => set.SetProperty(x => x.State, DeviceState.Revoked), Ct));

        Assert.Equal(Protocol.Reason.DeviceRevoked, device.Commit(Full(device, session)));
        Assert.Equal((0, 0, 0), await RowsAsync(store));
    }

    [Theory, ClassData<BothStores>]
    public async Task See_whether_then_write_holds_for_two_at_once(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        await store.EnrolAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => RaiseAsync(store), Ct)));

        Assert.Equal(8, await store.AskAsync(db => db.Devices.Select(x => x.ClockOffsetMs).SingleAsync(Ct)));
    }

    private static StreamWrites Full(StoredDevice device, long session)
    {
        var writes = device.Writes(session);
        writes.Reports.Add(device.Report(1));
        (writes.LastSequence, writes.LastHash) = (1, new byte[32]);
        writes.Facts[1] = device.Fact(1, 1);
        writes.Findings[new FindingKey("password.max_age", "elif")] = device.Finding("elif", Verdict.Fail);
        writes.Transitions.Add(device.Transition("elif", null, Verdict.Fail));
        return writes;
    }

    private static Task<(int Reports, int Facts, int Findings)> RowsAsync(StoreUnderTest store) =>
        store.AskAsync(async db => (await db.Reports.CountAsync(Ct), await db.Facts.CountAsync(Ct), await db.Findings.CountAsync(Ct)));

    private static Task<int> SayAsync(StoreUnderTest store, string sql) => store.AskAsync(db => db.Database.ExecuteSqlRawAsync(sql, Ct));

    private static async Task RenameTwoAsync(StoreUnderTest store, StoredDevice one, StoredDevice other, string name)
    {
        await using var db = store.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(Ct);
        foreach (var id in new[] { one.Id, other.Id }.OrderBy(x => Convert.ToHexString(x.ToBytes()), StringComparer.Ordinal))
            await db.Devices.Where(x => x.Id == id).ExecuteUpdateAsync(set => set.SetProperty(x => x.Name, name), Ct);
        await transaction.CommitAsync(Ct);
    }

    private static async Task RaiseAsync(StoreUnderTest store)
    {
        await using var db = store.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(Ct);
        var device = await db.Devices.SingleAsync(Ct);
        device.ClockOffsetMs = (device.ClockOffsetMs ?? 0) + 1;
        await db.SaveChangesAsync(Ct);
        await transaction.CommitAsync(Ct);
    }
}
