using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Tests.Storage.Conformance;

/// <summary>Hellos, sessions and the fence, on both stores.</summary>
public sealed class Sessions
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData<BothStores>]
    public async Task Each_hello_raises_the_session(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();

        var opened = new[] { device.Open(), device.Open() };

        Assert.Equal([new SessionOpened(Reason.Unspecified, 1, 0, true, false), new SessionOpened(Reason.Unspecified, 2, 0, false, false)], opened);
    }

    [Theory, ClassData<BothStores>]
    public async Task Two_hellos_of_one_device_in_one_batch_raise_it_twice(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();

        var opened = store.Ingest.Commit(new IngestBatch([], [device.Hello(), device.Hello() with { AgentVersion = "0.2.0" }], StoreUnderTest.Start)).Openings;

        Assert.Equal([new SessionOpened(Reason.Unspecified, 1, 0, true, false), new SessionOpened(Reason.Unspecified, 2, 0, false, false)], opened);
        Assert.Equal((2L, "0.2.0"), await store.AskAsync(async db => (await db.Devices.SingleAsync(Ct)) is var row ? (row.Session, row.AgentVersion!) : default));
    }

    [Theory, ClassData<BothStores>]
    public async Task A_hello_says_how_far_the_epoch_is_and_whether_there_are_facts(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        var writes = device.Writes(device.Open().Session);
        writes.Facts[1] = device.Fact(1, 7);
        (writes.LastSequence, writes.LastHash) = (9, [.. Enumerable.Range(0, 32).Select(x => (byte)x)]);
        device.Commit(writes);

        var opened = device.Open();

        Assert.Equal(new SessionOpened(Reason.Unspecified, 2, 9, false, true), opened with { LastHash = null });
        Assert.Equal(writes.LastHash, opened.LastHash);
    }

    [Theory, ClassData<BothStores>]
    public async Task A_stream_of_an_older_session_writes_nothing(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        var late = device.Writes(device.Open().Session);
        late.Reports.Add(device.Report(1));
        device.Open();

        var why = device.Commit(late);

        Assert.Equal(Reason.StreamSuperseded, why);
        Assert.Equal(0, await store.AskAsync(db => db.Reports.CountAsync(Ct)));
    }

    [Theory, ClassData<BothStores>]
    public async Task The_fence_lets_the_one_stream_of_a_batch_in_that_is_in_force(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        var (older, younger) = (device.Writes(device.Open().Session), device.Writes(device.Open().Session));
        older.Reports.Add(device.Report(1));
        younger.Reports.Add(device.Report(2));

        var stored = store.Ingest.Commit(new IngestBatch([older, younger], [], StoreUnderTest.Start));

        Assert.Equal([Reason.StreamSuperseded, Reason.Unspecified], stored.Writes);
        Assert.Equal([2L], await store.AskAsync(db => db.Reports.Select(x => x.Sequence).ToListAsync(Ct)));
    }

    [Theory, ClassData<BothStores>]
    public async Task A_superseded_serial_is_refused_and_the_next_one_is_taken(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        byte[] next = [4, 4, 4];
        var device = await store.EnrolAsync(row => row.NextSerial = next);
        var session = device.Open().Session;

        var answers = new[] { device.Commit(device.Writes(session)), device.Commit(device.Writes(session, next)), device.Commit(device.Writes(session, [9])) };

        Assert.Equal([Reason.Unspecified, Reason.Unspecified, Reason.SerialSuperseded], answers);
    }

    [Theory, ClassData<BothStores>]
    public async Task The_server_itself_needs_no_serial_and_is_not_heard_of_as_the_device(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        var own = device.OwnWrites(0);
        own.JudgeAt = StoreUnderTest.Start.AddDays(2);

        var why = device.Commit(own);

        var row = await store.AskAsync(db => db.Devices.SingleAsync(Ct));
        Assert.Equal((Reason.Unspecified, (DateTimeOffset?)null, own.JudgeAt), (why, row.LastSeenAt, row.JudgeAt));
    }

    [Theory]
    [InlineData(StoreKind.Sqlite, 30, 10, 30), InlineData(StoreKind.Postgres, 30, 10, 30), InlineData(StoreKind.Sqlite, 30, 30, 60), InlineData(StoreKind.Postgres, 30, 30, 60)]
    [InlineData(StoreKind.Sqlite, 90, 10, 60), InlineData(StoreKind.Postgres, 90, 10, 60), InlineData(StoreKind.Sqlite, 30, null, 30), InlineData(StoreKind.Postgres, 30, null, 30)]
    public async Task An_instant_that_somebody_asked_for_after_their_word_was_read_stays(StoreKind kind, int stored, int? told, int expected)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync(row => row.JudgeAt = StoreUnderTest.Start.AddMinutes(stored));
        var own = device.OwnWrites(0);
        (own.JudgeAt, own.ToldAt) = (StoreUnderTest.Start.AddMinutes(60), told is { } at ? StoreUnderTest.Start.AddMinutes(at) : null);

        device.Commit(own);

        Assert.Equal(StoreUnderTest.Start.AddMinutes(expected), await store.AskAsync(db => db.Devices.Select(x => x.JudgeAt).SingleAsync(Ct)));
    }

    [Theory]
    [InlineData(StoreKind.Sqlite, DeviceState.Revoked, Reason.DeviceRevoked), InlineData(StoreKind.Postgres, DeviceState.Revoked, Reason.DeviceRevoked)]
    [InlineData(StoreKind.Sqlite, DeviceState.Retired, Reason.DeviceRetired), InlineData(StoreKind.Postgres, DeviceState.Retired, Reason.DeviceRetired)]
    [InlineData(StoreKind.Sqlite, DeviceState.Quarantined, Reason.DeviceQuarantined), InlineData(StoreKind.Postgres, DeviceState.Quarantined, Reason.DeviceQuarantined)]
    public async Task What_people_shut_out_neither_writes_nor_says_hello(StoreKind kind, DeviceState state, Reason expected)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync(row => row.State = state);

        var answers = new[] { device.Commit(device.Writes(0)), device.Open().Refused };

        Assert.Equal([expected, expected], answers);
    }

    [Theory, ClassData<BothStores>]
    public async Task A_device_that_nobody_knows_is_refused_without_harm_to_others(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var (known, unknown) = (await store.EnrolAsync(), new StoredDevice(store.Ingest, DeviceId.New(), [1], new byte[16]));

        var stored = store.Ingest.Commit(new IngestBatch([unknown.Writes(0)], [unknown.Hello(), known.Hello()], StoreUnderTest.Start));

        Assert.Equal([Reason.DeviceUnknown, Reason.DeviceUnknown, Reason.Unspecified], [.. stored.Writes, .. stored.Openings.Select(x => x.Refused)]);
    }

    [Theory, ClassData<BothStores>]
    public async Task From_the_proof_of_a_clone_on_both_copies_are_shut_out(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        var session = device.Open().Session;
        var proof = device.Writes(session);
        proof.CloneProof = "report 7 came twice, with two contents";

        var stored = store.Ingest.Commit(new IngestBatch([proof, device.Writes(session)], [device.Hello()], StoreUnderTest.Start));

        Assert.Equal([Reason.Unspecified, Reason.DeviceQuarantined], stored.Writes);
        Assert.Equal(Reason.DeviceQuarantined, stored.Openings.Single().Refused);
        var row = await store.AskAsync(db => db.Devices.SingleAsync(Ct));
        Assert.Equal((DeviceState.Quarantined, proof.CloneProof, StoreUnderTest.Start), (row.State, row.StateReason, row.StateChangedAt));
    }

    [Theory, ClassData<BothStores>]
    public async Task The_newest_hellos_of_each_device_are_kept_and_the_oldest_go(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var (device, other) = (await store.EnrolAsync(), await store.EnrolAsync());
        other.Open();

        for (var i = 1; i <= Sighting.Most + 3; i++) device.Open();

        var sessions = await store.AskAsync(db => db.Sightings.Where(x => x.DeviceId == device.Id).OrderBy(x => x.Id).Select(x => x.Session).ToListAsync(Ct));
        Assert.Equal(Enumerable.Range(4, Sighting.Most).Select(x => (long)x), sessions);
        Assert.Equal(1, await store.AskAsync(db => db.Sightings.CountAsync(x => x.DeviceId == other.Id, Ct)));
    }

    [Theory, ClassData<BothStores>]
    public async Task A_hello_is_kept_with_all_it_said(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        var hello = device.Hello() with { LastSequence = 41, HostName = null };

        store.Ingest.Commit(new IngestBatch([], [hello], StoreUnderTest.Start));

        var seen = await store.AskAsync(db => db.Sightings.SingleAsync(Ct));
        Assert.Equal((StoreUnderTest.Start, 1L, "192.0.2.7", null, 41L), (seen.At, seen.Session, seen.Peer, seen.HostName, seen.LastSequence));
        Assert.Equal([hello.BootId!, hello.Epoch, hello.Serial], [seen.BootId!, seen.Epoch, seen.Serial]);
    }
}
