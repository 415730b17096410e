using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Protocol;
using Sandbox.Storage.Postgres;
using Sandbox.Storage.Telemetry;
using Sandbox.Tests.Storage.Conformance;

namespace Sandbox.Tests.Storage;

/// <summary>The ingest writer on a PostgreSQL that several servers share, and that goes away.</summary>
public sealed class PostgresIngestTests : IAsyncLifetime
{
    private StoreUnderTest _store = null!;
    private ServiceProvider _other = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private PostgresAddress Address => _store.Services.GetRequiredService<PostgresAddress>();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _store = await StoreUnderTest.CreateAsync(StoreKind.Postgres);
        _other = new ServiceCollection().AddPostgresStore(Address).BuildServiceProvider();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _other.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public void Two_servers_never_take_the_same_row_numbers()
    {
        IIngestStore[] servers = [_store.Ingest, _other.GetRequiredService<IIngestStore>()];
        var taken = new HashSet<long>();

        for (var i = 0; i < 3000; i++) Assert.True(taken.Add(servers[i % 2].TakeReportIds(1)));
    }

    [Fact]
    public async Task Reports_of_a_device_that_wanders_between_servers_are_numbered_in_order()
    {
        var here = await _store.EnrolAsync();
        var there = here with { Ingest = _other.GetRequiredService<IIngestStore>() };
        var ids = new List<long>();

        foreach (var server in (StoredDevice[])[here, there, here, there, here])
        {
            var writes = server.Writes(server.Open().Session);
            writes.Reports.Add(server.Report(ids.Count + 1));
            server.Commit(writes);
            ids.Add(writes.Reports[0].Id);
        }

        Assert.Equal(ids.Order(), ids);
    }

    [Fact]
    public async Task A_hello_at_one_server_shuts_the_stream_at_the_other_out()
    {
        var here = await _store.EnrolAsync();
        var there = here with { Ingest = _other.GetRequiredService<IIngestStore>() };
        var late = here.Writes(here.Open().Session);
        late.Reports.Add(here.Report(1));

        there.Open();

        Assert.Equal(Reason.StreamSuperseded, here.Commit(late));
        Assert.Equal(0, await _store.AskAsync(db => db.Reports.CountAsync(Ct)));
    }

    [Fact]
    public async Task Two_servers_that_write_of_the_same_devices_in_other_orders_both_get_through()
    {
        var devices = new List<StoredDevice>();
        for (var i = 0; i < 10; i++) devices.Add(await _store.EnrolAsync());
        Task Server(IIngestStore ingest, IEnumerable<StoredDevice> order) => Task.Run(() =>
        {
            for (var round = 0; round < 50; round++) ingest.Commit(new IngestBatch([.. order.Select(x => x.OwnWrites(0))], [], StoreUnderTest.Start));
        }, Ct);

        await Task.WhenAll(Server(_store.Ingest, devices), Server(_other.GetRequiredService<IIngestStore>(), Enumerable.Reverse(devices)));
    }

    [Fact]
    public async Task After_its_connection_was_cut_the_writer_says_so_and_goes_on()
    {
        var device = await _store.EnrolAsync();
        var writes = device.Writes(device.Open().Session);
        writes.Reports.Add(device.Report(1));
        await CutAsync();

        Assert.Throws<StoreUnavailableException>(() => device.Commit(writes));

        Assert.Equal(Reason.Unspecified, device.Commit(writes));
        Assert.Equal(1, await _store.AskAsync(db => db.Reports.CountAsync(Ct)));
    }

    [Fact]
    public async Task After_all_connections_were_cut_a_page_meets_one_dead_connection_at_most()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _store.AskAsync(db => db.Database.ExecuteSqlRawAsync("SELECT pg_sleep(0.2)", Ct))));
        await CutAsync();

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => _store.AskAsync(db => db.Devices.CountAsync(Ct)));

        for (var i = 0; i < 8; i++) Assert.Equal(0, await _store.AskAsync(db => db.Devices.CountAsync(Ct)));
    }

    [Fact]
    public async Task A_database_that_takes_no_connection_is_unavailable_and_no_other_kind_of_fault()
    {
        var device = await _store.EnrolAsync();
        var cluster = await SharedPostgres.ClusterAsync();
        await cluster.SqlAsync($"ALTER DATABASE {Address.Database} CONNECTION LIMIT 0", Ct);
        await CutAsync();

        for (var i = 0; i < 3; i++) Assert.Throws<StoreUnavailableException>(() => device.Open());

        await cluster.SqlAsync($"ALTER DATABASE {Address.Database} CONNECTION LIMIT -1", Ct);
        Assert.Equal(1, device.Open().Session);
    }

    [Fact]
    public void A_server_whose_name_leads_nowhere_is_unavailable_and_no_other_kind_of_fault()
    {
        using var services = new ServiceCollection().AddPostgresStore(PostgresAddress.Parse("postgresql://lab@no-such-host.invalid/lab")).BuildServiceProvider();

        Assert.Throws<StoreUnavailableException>(() => services.GetRequiredService<IIngestStore>().TakeReportIds(1));
    }

    private async Task CutAsync() =>
        await (await SharedPostgres.ClusterAsync()).SqlAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{Address.Database}'", Ct);
}
