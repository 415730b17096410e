using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Storage.Log;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Tests.Storage;

/// <summary>The evidence log in SQLite.</summary>
public sealed class SqliteLogStoreTests : LogStoreBehaviour
{
    private TemporaryStore? _store;

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_store is not null) await _store.DisposeAsync();
    }

    [Fact]
    public async Task A_database_that_cannot_is_said_to_be_unavailable_and_works_again_later()
    {
        var (store, ct) = (_store!.Services.GetRequiredService<ILogStore>(), TestContext.Current.CancellationToken);
        await store.HeadAsync("lab.example/evidence", ct);
        await RunAsync("ALTER TABLE LogHeads RENAME TO Elsewhere");

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.HeadAsync("lab.example/evidence", ct));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.IntegrateAsync(new LogGrowth(0, [], [], new byte[32]), ct));
        await RunAsync("ALTER TABLE Elsewhere RENAME TO LogHeads");

        Assert.True(await store.IntegrateAsync(new LogGrowth(0, [], [], new byte[32]), ct));
    }

    protected override async Task<IServiceProvider> StartAsync() => (_store = await TemporaryStore.CreateAsync()).Services;

    private async Task RunAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={_store!.DatabasePath}");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
