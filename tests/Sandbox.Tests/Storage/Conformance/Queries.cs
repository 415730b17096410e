using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Server.Dashboard.Devices;
using Sandbox.Server.Devices;
using Sandbox.Server.Live;
using Sandbox.Server.People;
using Sandbox.Storage.Devices;
using Sandbox.Storage.People;

namespace Sandbox.Tests.Storage.Conformance;

/// <summary>Questions of pages and commands whose answers must not depend on the store.</summary>
public sealed class Queries
{
    private static readonly Viewer Mentor = new(Guid.NewGuid(), "Mara", Roles.Mentor);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("LAB-SEVEN", 1), InlineData("seven", 1), InlineData("Übung", 1), InlineData("elif", 2), InlineData("%", 0), InlineData("_", 0), InlineData("\\", 0), InlineData("", 2)]
    public async Task A_device_is_found_by_part_of_its_name_or_owner_whatever_the_case(string text, int expected)
    {
        foreach (var kind in Enum.GetValues<StoreKind>())
        {
            await using var store = await StoreUnderTest.CreateAsync(kind);
            var owner = await AddPersonAsync(store, "Elif Yılmaz");
            await store.EnrolAsync(row => (row.Name, row.OwnerId) = ("lab-seven", owner));
            await store.EnrolAsync(row => (row.Name, row.OwnerId) = ("Übung 9", owner));
            await using var db = store.Open();
            var query = new DeviceQuery(db, new OpenStreams(), TimeProvider.System);

            Assert.Equal((kind, expected), (kind, await query.Named(query.VisibleTo(Mentor), text).CountAsync(Ct)));
        }
    }

    [Theory, ClassData<BothStores>]
    public async Task Devices_with_an_open_stream_are_told_from_those_without(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var (online, _) = (await store.EnrolAsync(), await store.EnrolAsync());
        var streams = new OpenStreams();
        streams.Open(online.Id);
        await using var db = store.Open();
        var query = new DeviceQuery(db, streams, TimeProvider.System);

        var counts = new List<int>();
        foreach (var group in Enum.GetValues<DeviceGroup>()) counts.Add(await query.Of(Mentor, group).CountAsync(Ct));

        Assert.Equal([online.Id], await query.Of(Mentor, DeviceGroup.Online).Select(x => x.Id).ToListAsync(Ct));
        Assert.Equal(1, await query.Of(Mentor, DeviceGroup.Offline).CountAsync(Ct));
        Assert.All(counts, count => Assert.InRange(count, 0, 2));
    }

    [Theory, ClassData<BothStores>]
    public async Task A_list_of_devices_names_their_owners_and_keeps_devices_without_one(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var owner = await AddPersonAsync(store, "Elif");
        await store.EnrolAsync(row => (row.Name, row.OwnerId) = ("b", owner));
        await store.EnrolAsync(row => row.Name = "a");
        await store.EnrolAsync(row => (row.Name, row.State) = ("0", DeviceState.Retired));
        await using var db = store.Open();

        var list = await new DeviceRecords(db, TimeProvider.System).ListAsync(Ct);

        Assert.Equal([("a", null), ("b", "Elif"), ("0", null)], list.Select(x => (x.Name, x.Owner)));
    }

    [Theory, ClassData<BothStores>]
    public async Task Only_apprentices_earn_evidence(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        await using (var db = store.Open())
        {
            await new FirstAdmin(db, new Roster(db, TimeProvider.System), new Invitations(db, TimeProvider.System), TimeProvider.System).SeedAsync(Ct);
            var elif = await new Roster(db, TimeProvider.System).AddAsync("elif", null, Roles.Apprentice, by: null, Ct);
            await store.EnrolAsync(row => (row.Name, row.OwnerId) = ("hers", elif.Id));
        }
        var admin = await store.AskAsync(db => db.Users.Where(x => x.UserName == "admin").Select(x => x.Id).SingleAsync(Ct));
        var his = await store.EnrolAsync(row => row.OwnerId = admin);
        var hers = await store.AskAsync(db => db.Devices.Where(x => x.Name == "hers").Select(x => x.Id).SingleAsync(Ct));

        Assert.Equal((true, false), (store.Ingest.Read(hers, new byte[16]).OwnerIsApprentice, his.Read().OwnerIsApprentice));
    }

    [Theory, ClassData<BothStores>]
    public async Task Of_two_that_use_one_link_at_once_one_gets_in(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var token = await store.AskAsync(async db => await new Invitations(db, TimeProvider.System).CreateAsync(await AddPersonAsync(store, "Elif"), TimeSpan.FromDays(1), by: null, Ct));

        var let = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(
            () => store.AskAsync(db => new Invitations(db, TimeProvider.System).RedeemAsync(token, _ => Task.FromResult(true), Ct)), Ct)));

        Assert.Single(let, yes => yes);
    }

    [Theory, ClassData<BothStores>]
    public async Task Of_two_that_want_one_name_at_once_one_gets_it(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var devices = new List<StoredDevice>();
        for (var i = 0; i < 4; i++) devices.Add(await store.EnrolAsync());

        await Task.WhenAll(devices.Select(device => Task.Run(() => TryRenameAsync(store, device.Id), Ct)));

        Assert.Equal(1, await store.AskAsync(db => db.Devices.CountAsync(x => x.Name == "wanted", Ct)));
    }

    private static async Task TryRenameAsync(StoreUnderTest store, DeviceId device)
    {
        await using var db = store.Open();
        try
        {
            await new DeviceRecords(db, TimeProvider.System).RenameAsync(device, "wanted", Ct);
        }
        catch (Server.SetupException)
        {
            // Another one has it.
        }
    }

    private static async Task<Guid> AddPersonAsync(StoreUnderTest store, string name)
    {
        await using var db = store.Open();
        var person = new Person { Id = Guid.NewGuid(), UserName = name, NormalizedUserName = name.ToUpperInvariant(), DisplayName = name, AddedAt = StoreUnderTest.Start };
        db.Users.Add(person);
        await db.SaveChangesAsync(Ct);
        return person.Id;
    }
}
