using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence;
using Sandbox.Storage.Devices;

namespace Sandbox.Tests.Storage.Conformance;

/// <summary>What people say of devices, as the ingest reads it from both stores, and as pages do.</summary>
public sealed class WordsOfPeople
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData<BothStores>]
    public async Task Nothing_is_said_of_a_new_device(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();

        var about = store.Ingest.About(device.Id);

        Assert.Equal($"{device.Id}", about.Device);
        Assert.True(about.SaysTheSameAs(AboutDevice.Nothing));
    }

    [Theory, ClassData<BothStores>]
    public async Task Groups_role_and_marks_are_those_of_the_device_and_of_every_device(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var (device, other) = (await store.EnrolAsync(), await store.EnrolAsync());
        await store.AskAsync(async db =>
        {
            db.DeviceGroups.AddRange(new GroupMember { DeviceId = device.Id, Group = "kiosks" }, new GroupMember { DeviceId = device.Id, Group = "labs" }, new GroupMember { DeviceId = other.Id, Group = "benches" });
            db.CompromiseMarks.AddRange(Mark(1, "noor"), Mark(2, "anna", x => x.DeviceId = device.Id), Mark(3, "ben", x => x.DeviceId = other.Id), Mark(4, "carl", x => x.WithdrawnAt = StoreUnderTest.Start));
            await db.Devices.Where(x => x.Id == device.Id).ExecuteUpdateAsync(set => set.SetProperty(x => x.Role, DeviceRole.Server), Ct);
            return await db.SaveChangesAsync(Ct);
        });

        var about = store.Ingest.About(device.Id);

        Assert.Equal((DeviceRole.Server, (DeviceRole?)null), (about.Role, store.Ingest.About(other.Id).Role));
        Assert.Equal(["kiosks", "labs"], about.Groups.Order(StringComparer.Ordinal));
        Assert.Equal([new CompromiseMark("anna", new DateOnly(2026, 2, 27), "why"), new CompromiseMark("noor", new DateOnly(2026, 2, 27), "why", Everywhere: true)], about.Marks.OrderBy(one => one.Account, StringComparer.Ordinal));
        Assert.True((await store.AskAsync(db => db.AboutAsync(device.Id, Ct))).SaysTheSameAs(about));
    }

    private static StoredMark Mark(byte id, string account, Action<StoredMark>? change = null)
    {
        var mark = new StoredMark { Id = new Guid(id, 0, 0, new byte[8]), Account = account, Since = new DateOnly(2026, 2, 27), Reason = "why", MarkedAt = StoreUnderTest.Start };
        change?.Invoke(mark);
        return mark;
    }
}
