using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Storage;
using Sandbox.Storage.Log;

namespace Sandbox.Tests.Storage;

/// <summary>What the sequencer relies on, whatever the database is; a class for each store says which one.</summary>
public abstract class LogStoreBehaviour : IAsyncLifetime
{
    private const string Origin = "lab.example/evidence";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private IServiceProvider _services = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ILogStore Store => _services.GetRequiredService<ILogStore>();

    public async ValueTask InitializeAsync() => _services = await StartAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>The services of a migrated, empty store.</summary>
    protected abstract Task<IServiceProvider> StartAsync();

    [Fact]
    public async Task A_new_log_is_empty_and_keeps_its_first_origin()
    {
        await Store.HeadAsync(Origin, Ct);

        var head = await Store.HeadAsync("other.example/evidence", Ct);

        Assert.Equal((Origin, 0L, null, null), (head.Origin, head.Size, head.Checkpoint, head.HaltedAt));
        Assert.Equal(MerkleHash.EmptyRoot, head.Root);
    }

    [Fact]
    public async Task Two_that_ask_a_new_log_at_once_get_the_same()
    {
        var heads = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Store.HeadAsync($"lab{i}.example/evidence", Ct), Ct)));

        Assert.Single(heads.Select(head => head.Origin).Distinct());
    }

    [Fact]
    public async Task Entries_wait_in_the_order_in_which_they_were_written()
    {
        await AddAsync(5);

        var pending = await Store.PendingAsync(3, Ct);

        Assert.Equal((await AllAsync()).Take(3).Select(entry => (entry.Id, Convert.ToHexString(entry.Leaf))), pending.Select(leaf => (leaf.EntryId, Convert.ToHexString(leaf.Leaf))));
    }

    [Fact]
    public async Task A_step_gives_places_moves_the_head_and_writes_the_tiles()
    {
        await AddAsync(3);

        var grown = await GrowAsync(from: 0, count: 3, root: 7);

        var head = await Store.HeadAsync(Origin, Ct);
        Assert.Equal((true, 3L, (byte)7), (grown, head.Size, head.Root[0]));
        Assert.Equal([0L, 1, 2], (await AllAsync()).Select(entry => entry.LeafIndex!.Value));
        Assert.Equal(Hashes(3), await Store.TileAsync(0, 0, Ct));
        Assert.Empty(await Store.PendingAsync(10, Ct));
    }

    [Fact]
    public async Task A_tile_grows_in_its_place()
    {
        await AddAsync(5);
        await GrowAsync(from: 0, count: 3, root: 1);

        await GrowAsync(from: 3, count: 2, root: 2);

        Assert.Equal(Hashes(5), await Store.TileAsync(0, 0, Ct));
    }

    [Fact]
    public async Task A_step_from_where_the_head_no_longer_is_writes_nothing()
    {
        await AddAsync(4);
        await GrowAsync(from: 0, count: 2, root: 1);

        var again = await GrowAsync(from: 0, count: 2, root: 9);

        Assert.False(again);
        await UnchangedAsync(size: 2, root: 1, places: [0, 1, null, null]);
    }

    [Fact]
    public async Task A_step_with_an_entry_that_has_its_place_already_writes_nothing()
    {
        await AddAsync(4);
        await GrowAsync(from: 0, count: 2, root: 1);
        var all = await AllAsync();

        var again = await Store.IntegrateAsync(new LogGrowth(2, [all[2].Id, all[1].Id], [new LogTile { Level = 0, Index = 0, Hashes = Hashes(4) }], Root(9)), Ct);

        Assert.False(again);
        await UnchangedAsync(size: 2, root: 1, places: [0, 1, null, null]);
    }

    [Fact]
    public async Task Of_two_that_step_at_once_one_wins()
    {
        await AddAsync(2);
        await Store.HeadAsync(Origin, Ct);

        var both = await Task.WhenAll(Task.Run(() => GrowAsync(0, 2, 1), Ct), Task.Run(() => GrowAsync(0, 2, 2), Ct));

        Assert.Single(both, won => won);
        Assert.Equal([0L, 1], (await AllAsync()).Select(entry => entry.LeafIndex!.Value));
    }

    [Fact]
    public async Task A_thousand_entries_get_their_places_in_one_step()
    {
        await AddAsync(1000);

        Assert.True(await GrowAsync(0, 1000, 1));

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (long?)i), (await AllAsync()).Select(entry => entry.LeafIndex));
    }

    [Fact]
    public async Task A_checkpoint_of_the_present_size_is_kept()
    {
        await AddAsync(2);
        await GrowAsync(0, 2, 1);

        var kept = await Store.PublishAsync(2, [1, 2, 3], Now, Ct);

        var head = await Store.HeadAsync(Origin, Ct);
        Assert.True(kept);
        Assert.Equal((2L, Now), (head.CheckpointSize, head.PublishedAt));
        Assert.Equal([1, 2, 3], head.Checkpoint);
    }

    [Fact]
    public async Task A_checkpoint_of_another_size_must_not_be_shown()
    {
        await AddAsync(2);
        await GrowAsync(0, 2, 1);

        Assert.False(await Store.PublishAsync(1, [1], Now, Ct));
        Assert.Null((await Store.HeadAsync(Origin, Ct)).Checkpoint);
    }

    [Fact]
    public async Task Nothing_is_published_once_the_log_is_halted()
    {
        await AddAsync(2);
        await GrowAsync(0, 2, 1);

        await Store.HaltAsync("seen elsewhere", [9], Now, Ct);

        Assert.False(await Store.PublishAsync(2, [1], Now, Ct));
        var head = await Store.HeadAsync(Origin, Ct);
        Assert.Equal(("seen elsewhere", Now, (byte)9), (head.HaltReason, head.HaltedAt, head.HaltCheckpoint![0]));
    }

    [Fact]
    public async Task The_first_reason_for_a_halt_stands()
    {
        await Store.HeadAsync(Origin, Ct);
        await Store.HaltAsync("first", [1], Now, Ct);

        await Store.HaltAsync("second", [2], Now.AddDays(1), Ct);

        Assert.Equal(("first", Now), ((await Store.HeadAsync(Origin, Ct)).HaltReason, (await Store.HeadAsync(Origin, Ct)).HaltedAt));
    }

    [Fact]
    public async Task A_tile_that_does_not_exist_is_none() => Assert.Null(await Store.TileAsync(0, 7, Ct));

    [Fact]
    public async Task Leaves_come_by_place_as_many_as_there_are()
    {
        await AddAsync(5);
        await GrowAsync(0, 4, 1);

        var leaves = await Store.LeavesAsync(2, 10, Ct);

        Assert.Equal((await AllAsync()).Skip(2).Take(2).Select(entry => Convert.ToHexString(entry.Leaf)), leaves.Select(Convert.ToHexString));
    }

    private static byte[] Hashes(int count) => [.. Enumerable.Range(0, count).SelectMany(i => Root((byte)i))];

    private static byte[] Root(byte first) => [first, .. new byte[31]];

    private async Task AddAsync(int count)
    {
        await using var db = Open();
        for (var i = 0; i < count; i++) db.LogEntries.Add(LoggedEntry.New(EntryKind.Policy, Now, new LogBody { PolicyInForce = new() { Policy = $"lab-default/{i}" } }));
        await db.SaveChangesAsync(Ct);
    }

    private async Task<bool> GrowAsync(long from, int count, byte root)
    {
        await Store.HeadAsync(Origin, Ct);
        var entries = (await AllAsync()).Skip((int)from).Take(count).Select(entry => entry.Id);
        return await Store.IntegrateAsync(new LogGrowth(from, [.. entries], [new LogTile { Level = 0, Index = 0, Hashes = Hashes((int)from + count) }], Root(root)), Ct);
    }

    private async Task UnchangedAsync(long size, byte root, long?[] places)
    {
        var head = await Store.HeadAsync(Origin, Ct);
        Assert.Equal((size, root), (head.Size, head.Root[0]));
        Assert.Equal(places, (await AllAsync()).Select(entry => entry.LeafIndex));
        Assert.Equal(Hashes((int)size), await Store.TileAsync(0, 0, Ct));
    }

    private async Task<List<LoggedEntry>> AllAsync()
    {
        await using var db = Open();
        return await db.LogEntries.AsNoTracking().OrderBy(entry => entry.Id).ToListAsync(Ct);
    }

    private SandboxDb Open() => _services.GetRequiredService<IDbContextFactory<SandboxDb>>().CreateDbContext();
}
