using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;

namespace Sandbox.Tests.Storage.Conformance;

/// <summary>What was done on a device is kept once, by its best record, on both stores.</summary>
public sealed class Acts
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData<BothStores>]
    public async Task An_act_that_comes_again_is_one_and_the_one_with_more_records_stands(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        var session = device.Open().Session;

        Commit(device, session, Act("useradd", records: 2, "elif"));
        Commit(device, session, Act("useradd", records: 7, "mara"));
        Commit(device, session, Act("useradd", records: 1, "nobody"));

        var act = await store.AskAsync(db => db.Acts.SingleAsync(Ct));
        Assert.Equal(("mara", 7, "mara"), (act.Actor, act.RecordCount, AdminAct.Parser.ParseFrom(act.Bytes).Actor.OsName));
    }

    [Theory, ClassData<BothStores>]
    public async Task An_act_that_a_better_one_replaces_goes_in_the_same_batch_and_in_a_later_one(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        var session = device.Open().Session;
        var (early, same) = (Act("text 1"), Act("text 2"));
        var better = Act("audit");
        better.Replaces.AddRange([early.Id, same.Id]);

        Commit(device, session, early, Act("other"));
        Commit(device, session, same, better);

        var left = await store.AskAsync(db => db.Acts.Select(x => x.Id).ToListAsync(Ct));
        Assert.Equal(new[] { Act("other").Id, better.Id }.Select(id => id.ToBase64()).Order(), left.Select(Convert.ToBase64String).Order());
    }

    [Theory, ClassData<BothStores>]
    public async Task Acts_of_two_devices_are_two_and_one_without_a_sound_id_is_none(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var (device, other) = (await store.EnrolAsync(), await store.EnrolAsync());
        var bare = Act("x");
        bare.Id = ByteString.CopyFrom([1, 2, 3]);

        Commit(device, device.Open().Session, Act("useradd"), bare);
        Commit(other, other.Open().Session, Act("useradd"));

        Assert.Equal(2, await store.AskAsync(db => db.Acts.CountAsync(Ct)));
    }

    [Theory, ClassData<BothStores>]
    public async Task An_instant_that_no_calendar_has_and_a_name_that_no_database_holds_harm_nothing(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        var absurd = Act("useradd", records: uint.MaxValue, "el\0if");
        absurd.OccurredAt = new Timestamp { Seconds = long.MaxValue, Nanos = -1 };

        Commit(device, device.Open().Session, absurd);

        var act = await store.AskAsync(db => db.Acts.SingleAsync(Ct));
        Assert.Equal((DateTimeOffset.UnixEpoch, int.MaxValue), (act.OccurredAt, act.RecordCount));
    }

    private static void Commit(StoredDevice device, long session, params AdminAct[] acts)
    {
        var writes = device.Writes(session);
        foreach (var act in acts) writes.Acts.Add(device.Id, act, 1);
        Assert.Equal(Reason.Unspecified, device.Commit(writes));
    }

    private static AdminAct Act(string source, uint records = 1, string actor = "elif") => new()
    {
        Id = ByteString.CopyFrom(SHA256.HashData(Encoding.UTF8.GetBytes(source))), SourceId = source, RecordCount = records, Actor = new Actor { OsName = actor },
        Action = AdminAct.Types.Action.AddAccount, Method = AdminAct.Types.Method.A2, OccurredAt = StoreUnderTest.Start.ToTimestamp(),
    };
}
