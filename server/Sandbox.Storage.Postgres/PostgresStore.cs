using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Sandbox.Storage.Log;
using Sandbox.Storage.Postgres.Ingest;
using Sandbox.Storage.Postgres.Log;
using Sandbox.Storage.Postgres.Retention;
using Sandbox.Storage.Retention;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Storage.Postgres;

/// <summary>The store for a lab that has outgrown one machine: a PostgreSQL database that several servers may share.</summary>
public static class PostgresStore
{
    /// <summary>Longest that a statement, and a wait for a row that another writer holds, may take, in seconds.</summary>
    internal const int CommandSeconds = 30;

    private const int ConnectSeconds = 10;

    /// <summary>Registers the schema on one database: a pooled <see cref="IDbContextFactory{TContext}"/> and a <see cref="SandboxDb"/> per scope.</summary>
    public static IServiceCollection AddPostgresStore(this IServiceCollection services, PostgresAddress address)
    {
        SandboxDb.ChooseIdentityTables(services);
        services.AddSingleton(address);
        services.AddSingleton(_ => new NpgsqlDataSourceBuilder(ConnectionString(address)).Build());
        services.AddSingleton<IIngestStore, PostgresIngestStore>();
        services.AddSingleton<ILogStore, PostgresLogStore>();
        services.AddSingleton<IStoreScrub, PostgresScrub>();
        services.AddPooledDbContextFactory<SandboxDb>((provider, options) => Configure(options, provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<SandboxDb>>().CreateDbContext());
        return services;
    }

    /// <summary>Brings the schema of the database, which must be there, to this build's.</summary>
    /// <exception cref="StoreUnusableException">The database cannot be used; the message says why and what to do.</exception>
    public static async Task MigrateAsync(IServiceProvider services, CancellationToken ct)
    {
        var address = services.GetRequiredService<PostgresAddress>();
        try
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<SandboxDb>>().CreateDbContextAsync(ct);
            await PostgresMigration.ApplyAsync(db, address, ct);
        }
        catch (NpgsqlException fault)
        {
            throw PostgresFaults.Unusable(address, fault);
        }
    }

    // Faults stay what they are (DbException) instead of being wrapped as "likely transient": the server says them in words, once, and its callers try again.
    internal static void Configure(DbContextOptionsBuilder options, NpgsqlDataSource source) => options
        .UseNpgsql(source, npgsql => npgsql
            .MigrationsAssembly(typeof(PostgresStore).Assembly.GetName().Name)
            .ExecutionStrategy(dependencies => new BrokenConnection.Strategy(dependencies)))
        .ConfigureWarnings(said => said.Log(
            (RelationalEventId.ConnectionError, LogLevel.Debug), (RelationalEventId.CommandError, LogLevel.Debug),
            (CoreEventId.QueryIterationFailed, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug)))
        .AddInterceptors(new OneTransactionAtATime(), new StorableParameters(), new DeadConnections(source));

    internal static string ConnectionString(PostgresAddress address) => new NpgsqlConnectionStringBuilder(address.Connection.ConnectionString)
    {
        ApplicationName = "sandbox-server",
        Timeout = ConnectSeconds,
        CommandTimeout = CommandSeconds,
        MaxPoolSize = 50,
        MaxAutoPrepare = 60,
        TcpKeepAlive = true,
        // An acknowledgement promises what synchronous_commit keeps; and a server that froze or went away must not hold a row or a lock for ever.
        Options = "-c synchronous_commit=on -c idle_in_transaction_session_timeout=60s -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3",
    }.ToString();

    /// <summary>A connection outside the pool: what it holds, such as an advisory lock, is given back when it is closed.</summary>
    internal static async Task<NpgsqlConnection> ConnectAloneAsync(PostgresAddress address, CancellationToken ct)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString(address)) { Pooling = false }.ToString());
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch (NpgsqlException)
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
