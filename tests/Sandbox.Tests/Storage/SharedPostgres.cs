using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Sandbox.EndToEnd.Harness;
using Sandbox.Storage.Postgres;
using Sandbox.Tests.Storage;

[assembly: AssemblyFixture(typeof(SharedPostgres))]

namespace Sandbox.Tests.Storage;

/// <summary>One private PostgreSQL for all tests of a run, started by the first that wants it; each test has a database of its own.</summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    private readonly Lazy<Task<PostgresCluster>> _cluster = new(() => PostgresCluster.StartAsync(CancellationToken.None));
    private readonly SemaphoreSlim _one = new(1);
    private string? _template;

    /// <summary>The cluster, running.</summary>
    internal static async Task<PostgresCluster> ClusterAsync() => await (await FixtureAsync())._cluster.Value;

    /// <summary>A database with this build's schema.</summary>
    internal static async Task<PostgresAddress> NewDatabaseAsync() => await (await FixtureAsync()).CopyAsync();

    /// <summary>A database without anything.</summary>
    internal static async Task<PostgresAddress> EmptyDatabaseAsync() =>
        PostgresAddress.Parse(await (await ClusterAsync()).CreateDatabaseAsync(TestContext.Current.CancellationToken));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_cluster.IsValueCreated) await (await _cluster.Value).DisposeAsync();
        _one.Dispose();
    }

    private static async Task<SharedPostgres> FixtureAsync() =>
        await TestContext.Current.GetFixture<SharedPostgres>() ?? throw new InvalidOperationException("No test is running.");

    private async Task<PostgresAddress> CopyAsync()
    {
        var cluster = await _cluster.Value;
        // A template must have no connection while it is copied.
        await _one.WaitAsync();
        try
        {
            _template ??= await MakeTemplateAsync(cluster);
            return PostgresAddress.Parse(await cluster.CreateDatabaseAsync(CancellationToken.None, _template));
        }
        finally
        {
            _one.Release();
        }
    }

    private static async Task<string> MakeTemplateAsync(PostgresCluster cluster)
    {
        var address = PostgresAddress.Parse(await cluster.CreateDatabaseAsync(CancellationToken.None));
        await using var services = new ServiceCollection().AddPostgresStore(address).BuildServiceProvider();
        await PostgresStore.MigrateAsync(services, CancellationToken.None);
        services.GetRequiredService<NpgsqlDataSource>().Clear();
        return address.Database;
    }
}
