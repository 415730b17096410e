using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Storage;
using Sandbox.Storage.Log;
using Sandbox.Storage.Postgres;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Tests.Storage;

/// <summary>The evidence log in PostgreSQL, alone and shared by servers.</summary>
public sealed class PostgresLogStoreTests : LogStoreBehaviour
{
    private PostgresAddress _address = null!;
    private ServiceProvider? _services;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ILogStore Store => _services!.GetRequiredService<ILogStore>();

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_services is not null) await _services.DisposeAsync();
    }

    [Fact]
    public async Task Of_two_servers_one_gives_places_and_the_other_sees_nothing_to_do()
    {
        await AddEntryAsync();
        await using var other = Server();

        var seen = new[] { (await Store.PendingAsync(10, Ct)).Count, (await other.GetRequiredService<ILogStore>().PendingAsync(10, Ct)).Count };

        Assert.Equal([1, 0], seen);
    }

    [Fact]
    public async Task When_the_sequencer_goes_the_other_server_takes_over()
    {
        await AddEntryAsync();
        await using var other = Server();
        await Store.PendingAsync(10, Ct);
        var heir = other.GetRequiredService<ILogStore>();
        await heir.PendingAsync(10, Ct);

        await _services!.DisposeAsync();

        await EndToEnd.Harness.Patience.UntilAsync("The other takes over", TimeSpan.FromSeconds(30), async () => (await heir.PendingAsync(10, Ct)).Count == 1, Ct);
    }

    [Fact]
    public async Task A_sequencer_whose_connection_was_cut_says_so_and_stands_for_election_again()
    {
        await AddEntryAsync();
        await Store.PendingAsync(10, Ct);
        await (await SharedPostgres.ClusterAsync()).SqlAsync($"SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = '{_address.Database}')", Ct);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.PendingAsync(10, Ct));

        // The lock is free when the backend that was cut has ended, which may be a moment after its connection.
        await EndToEnd.Harness.Patience.UntilAsync("It is elected again", TimeSpan.FromSeconds(30), async () => (await Store.PendingAsync(10, Ct)).Count == 1, Ct);
    }

    [Fact]
    public async Task A_step_of_a_server_that_is_no_longer_the_sequencer_is_fenced_by_the_head()
    {
        await AddEntryAsync();
        await AddEntryAsync();
        await Store.HeadAsync("lab.example/evidence", Ct);
        await using var other = Server();
        var ids = (await Store.PendingAsync(10, Ct)).Select(x => x.EntryId).ToList();
        await other.GetRequiredService<ILogStore>().IntegrateAsync(new LogGrowth(0, [ids[0]], [], new byte[32]), Ct);

        var late = await Store.IntegrateAsync(new LogGrowth(0, [ids[1]], [], new byte[32]), Ct);

        Assert.False(late);
    }

    [Fact]
    public async Task A_database_that_cannot_is_said_to_be_unavailable_and_works_again_later()
    {
        await Store.HeadAsync("lab.example/evidence", Ct);
        await RunAsync("ALTER TABLE \"LogHeads\" RENAME TO \"Elsewhere\"");

        await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.HeadAsync("lab.example/evidence", Ct));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.IntegrateAsync(new LogGrowth(0, [], [], new byte[32]), Ct));
        await RunAsync("ALTER TABLE \"Elsewhere\" RENAME TO \"LogHeads\"");

        Assert.True(await Store.IntegrateAsync(new LogGrowth(0, [], [], new byte[32]), Ct));
    }

    protected override async Task<IServiceProvider> StartAsync()
    {
        _address = await SharedPostgres.NewDatabaseAsync();
        return _services = Server();
    }

    private ServiceProvider Server() => new ServiceCollection().AddPostgresStore(_address).BuildServiceProvider();

    private async Task AddEntryAsync()
    {
        await using var db = Open();
        db.LogEntries.Add(LoggedEntry.New(EntryKind.Policy, TimeProvider.System.GetUtcNow(), new LogBody { PolicyInForce = new() { Policy = "lab-default/1" } }));
        await db.SaveChangesAsync(Ct);
    }

    private async Task RunAsync(string sql)
    {
        await using var db = Open();
        await db.Database.ExecuteSqlRawAsync(sql, Ct);
    }

    private SandboxDb Open() => _services!.GetRequiredService<IDbContextFactory<SandboxDb>>().CreateDbContext();
}
