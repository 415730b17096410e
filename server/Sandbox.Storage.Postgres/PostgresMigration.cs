using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace Sandbox.Storage.Postgres;

/// <summary>Brings a database to this build's schema.</summary>
internal static class PostgresMigration
{
    private const long Lock = 7233180020011;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(50);

    /// <param name="db">The schema.</param>
    /// <param name="address">The database.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <param name="upTo">The migration to stop at. Null: the last one.</param>
    public static async Task ApplyAsync(SandboxDb db, PostgresAddress address, CancellationToken ct, string? upTo = null)
    {
        var known = db.Database.GetMigrations().ToHashSet();
        if (known.Count == 0)
            throw new StoreUnusableException($"{typeof(PostgresMigration).Assembly.GetName().Name} holds no migration: the build is incomplete. Build it again.");

        await using var alone = await LockAsync(address, Patience, ct);
        await RequireUtf8Async(alone, address, ct);
        // Otherwise EF Core asks for it first, and logs the answer as an error.
        await db.GetService<IHistoryRepository>().CreateIfNotExistsAsync(ct);
        var applied = (await db.Database.GetAppliedMigrationsAsync(ct)).ToList();
        if (applied.Find(id => !known.Contains(id)) is { } newer)
            throw new StoreUnusableException($"The database {address.Database} on {address.Server} was made by a newer build ({newer}). Start that build, or restore an older copy of the database.");
        if (applied.Count < known.Count) await db.Database.MigrateAsync(upTo, ct);
    }

    /// <summary>Waits until nobody else prepares the database. PostgreSQL gives the lock back when the connection ends, however it ends.</summary>
    /// <exception cref="StoreUnusableException">Somebody did for longer than the patience.</exception>
    internal static async Task<NpgsqlConnection> LockAsync(PostgresAddress address, TimeSpan patience, CancellationToken ct)
    {
        var begin = TimeProvider.System.GetTimestamp();
        var connection = await OpenAsync(address, begin, patience, ct);
        while (!await IsTrueAsync(connection, $"SELECT pg_try_advisory_lock({Lock})", ct))
        {
            if (TimeProvider.System.GetElapsedTime(begin) >= patience)
            {
                await connection.DisposeAsync();
                throw new StoreUnusableException(
                    $"Another sandbox-server has been preparing the database {address.Database} on {address.Server} for {patience.TotalSeconds:0} seconds. Wait until it is done or end it, then try again.");
            }
            await Task.Delay(Retry, TimeProvider.System, ct);
        }
        return connection;
    }

    // A machine that starts brings both up at once; PostgreSQL may need a while to recover.
    private static async Task<NpgsqlConnection> OpenAsync(PostgresAddress address, long begin, TimeSpan patience, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return await PostgresStore.ConnectAloneAsync(address, ct);
            }
            catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.CannotConnectNow && TimeProvider.System.GetElapsedTime(begin) < patience)
            {
                await Task.Delay(Retry, TimeProvider.System, ct);
            }
        }
    }

    private static async Task RequireUtf8Async(NpgsqlConnection connection, PostgresAddress address, CancellationToken ct)
    {
        if (!await IsTrueAsync(connection, "SELECT current_setting('server_encoding') = 'UTF8'", ct))
            throw new StoreUnusableException(
                $"The database {address.Database} on {address.Server} cannot hold every text, because its encoding is not UTF8. Make one that can: createdb {address.ToolOptions} -T template0 -E UTF8 -O {address.User} NAME");
    }

    private static async Task<bool> IsTrueAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(ct) is true;
    }
}
