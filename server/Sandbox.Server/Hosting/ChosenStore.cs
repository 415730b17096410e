using Sandbox.Storage;
using Sandbox.Storage.Copies;
using Sandbox.Storage.Postgres;
using Sandbox.Storage.Postgres.Copies;
using Sandbox.Storage.Sqlite;
using Sandbox.Storage.Sqlite.Copies;

namespace Sandbox.Server.Hosting;

/// <summary>The store that <c>--store</c> names: the one place that tells one from the other.</summary>
internal static class ChosenStore
{
    /// <summary>The name of the store in the data folder.</summary>
    public const string Sqlite = "sqlite";

    /// <summary>What was typed, in its usual form.</summary>
    /// <exception cref="SetupException">It names no store.</exception>
    public static string Named(string typed)
    {
        if (typed.Equals(Sqlite, StringComparison.OrdinalIgnoreCase)) return Sqlite;
        if (PostgresAddress.IsOne(typed)) return PostgresAddress.Parse(typed).ToString();
        throw new SetupException($"'{typed}' is no store. There are two: --store sqlite, and --store postgresql://USER@HOST:PORT/DATABASE");
    }

    /// <summary>Whether what lies in one store can be put into another as it is.</summary>
    public static bool AreOfOneKind(string one, string other) => one == Sqlite == (other == Sqlite);

    /// <summary>Registers the store of a lab.</summary>
    public static IServiceCollection AddStore(this IServiceCollection services, ServerFolders folders, ServerSettings settings) =>
        settings.Store == Sqlite ? services.AddSqliteStore(folders.Database) : services.AddPostgresStore(PostgresAddress.Parse(settings.Store));

    /// <summary>How copies of the store of a lab are made, read and put back.</summary>
    public static IStoreCopies Copies(ServerFolders folders, string store) =>
        store == Sqlite ? new SqliteCopies(folders.Database) : new PostgresCopies(PostgresAddress.Parse(store));

    /// <summary>Brings its schema to this build's.</summary>
    /// <exception cref="StoreUnusableException">It cannot be used.</exception>
    public static Task MigrateAsync(IServiceProvider services, CancellationToken ct) =>
        services.GetService<PostgresAddress>() is null ? SqliteStore.MigrateAsync(services, ct) : PostgresStore.MigrateAsync(services, ct);
}
