using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Storage.Log;
using Sandbox.Storage.Retention;
using Sandbox.Storage.Sqlite.Ingest;
using Sandbox.Storage.Sqlite.Log;
using Sandbox.Storage.Sqlite.Retention;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Storage.Sqlite;

/// <summary>The default store: one SQLite file in the data folder, nothing to install.</summary>
public static class SqliteStore
{
    /// <summary>Longest wait for a writer in another process, in seconds; commands write beside a running server.</summary>
    internal const int BusySeconds = 10;

    /// <summary>
    /// Registers the schema on one database file: a pooled <see cref="IDbContextFactory{TContext}"/> and a <see cref="SandboxDb"/> per scope.
    /// The file is made by <see cref="MigrateAsync"/> alone, so that nothing else ever creates it with wider permissions.
    /// </summary>
    public static IServiceCollection AddSqliteStore(this IServiceCollection services, string databasePath)
    {
        SandboxDb.ChooseIdentityTables(services);
        services.AddSingleton(new SqliteFile(databasePath)).AddSingleton<WriteTurn>();
        services.AddSingleton<IIngestStore, SqliteIngestStore>();
        services.AddSingleton<ILogStore, SqliteLogStore>();
        services.AddSingleton<IStoreScrub, SqliteScrub>();
        services.AddPooledDbContextFactory<SandboxDb>(options => Configure(options, databasePath));
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<SandboxDb>>().CreateDbContext());
        return services;
    }

    /// <summary>Makes the database file (mode 0600) when there is none, and brings its schema to this build's.</summary>
    /// <exception cref="StoreUnusableException">The file cannot be used; the message says why and what to do.</exception>
    public static async Task MigrateAsync(IServiceProvider services, CancellationToken ct)
    {
        var file = services.GetRequiredService<SqliteFile>();
        try
        {
            file.Create();
            await using var db = await services.GetRequiredService<IDbContextFactory<SandboxDb>>().CreateDbContextAsync(ct);
            await SqliteMigration.ApplyAsync(db, file, ct);
        }
        catch (SqliteException fault)
        {
            throw SqliteFaults.Unusable(file, fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw SqliteFaults.NotWritable(file, fault);
        }
    }

    internal static void Configure(DbContextOptionsBuilder options, string databasePath) => options
        .UseSqlite(ConnectionString(databasePath), sqlite => sqlite.MigrationsAssembly(typeof(SqliteStore).Assembly))
        .AddInterceptors(new SqlitePragmas());

    internal static string ConnectionString(string databasePath) => new SqliteConnectionStringBuilder
    {
        DataSource = databasePath,
        Mode = SqliteOpenMode.ReadWrite,
        ForeignKeys = true,
        DefaultTimeout = BusySeconds,
    }.ToString();
}
