using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Sandbox.Storage.Copies;

namespace Sandbox.Storage.Postgres.Copies;

/// <summary>
/// Copies of a PostgreSQL store: each table as COPY writes it, all in one snapshot, by the server's own connection. No program of PostgreSQL's is
/// needed, and no right that the server does not have.
/// </summary>
public sealed class PostgresCopies(PostgresAddress address) : IStoreCopies
{
    private const string Migrations = "__EFMigrationsHistory";

    /// <inheritdoc/>
    public async Task CopyAsync(string folder, CancellationToken ct)
    {
        await using var services = Services();
        await using var db = Db(services);
        var tables = CopiedTables.Of(db);
        await using var connection = await PostgresStore.ConnectAloneAsync(address, ct);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var schema = (string)(await AskAsync(connection, $"SELECT max(\"MigrationId\") FROM \"{Migrations}\"", ct))!;
        foreach (var table in tables)
        {
            await using var rows = await connection.BeginRawBinaryCopyAsync(table.Out, ct);
            await using var file = File.Create(table.File(folder));
            await rows.CopyToAsync(file, ct);
        }
        new CopiedTables(schema, tables, await SequencesAsync(connection, ct)).Save(folder);
    }

    /// <inheritdoc/>
    public async Task<IStoreCopy> OpenAsync(string folder, CancellationToken ct)
    {
        await using var services = Services();
        await using var db = Db(services);
        RequireKnown(db, CopiedTables.Load(folder).Schema);
        // Every file is read from its beginning to its end.
        return await Task.Run(() => new PostgresCopy(folder), ct);
    }

    /// <inheritdoc/>
    public async Task PutBackAsync(string folder, CancellationToken ct)
    {
        var tables = CopiedTables.Load(folder);
        await using var services = Services();
        try
        {
            await RequireUnusedAsync(ct);
            await using var db = Db(services);
            await PostgresMigration.ApplyAsync(db, address, ct, tables.Schema);
            await FillAsync(tables, folder, ct);
        }
        catch (NpgsqlException fault)
        {
            throw PostgresFaults.Unusable(address, fault);
        }
        await PostgresStore.MigrateAsync(services, ct);
    }

    // All rows or none: a database that was filled by half cannot be.
    private async Task FillAsync(CopiedTables tables, string folder, CancellationToken ct)
    {
        await using var connection = await PostgresStore.ConnectAloneAsync(address, ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await DoAsync(connection, $"TRUNCATE {string.Join(", ", tables.Tables.Select(table => $"\"{table.Name}\""))}", ct);
        foreach (var table in tables.Tables)
        {
            await using var file = File.OpenRead(table.File(folder));
            await using var rows = await connection.BeginRawBinaryCopyAsync(table.In, ct);
            await file.CopyToAsync(rows, ct);
        }
        foreach (var sequence in tables.Sequences) await DoAsync(connection, $"SELECT setval('\"{sequence.Name}\"', {sequence.Last})", ct);
        await transaction.CommitAsync(ct);
    }

    // A lab has its first admin from the first moment on. What a restore that was killed leaves has nobody.
    private async Task RequireUnusedAsync(CancellationToken ct)
    {
        await using var connection = await PostgresStore.ConnectAloneAsync(address, ct);
        if (await AskAsync(connection, "SELECT to_regclass('\"AspNetUsers\"') IS NOT NULL", ct) is true && await AskAsync(connection, "SELECT EXISTS (SELECT FROM \"AspNetUsers\")", ct) is true)
            throw new StoreUnusableException(
                $"The database {address.Database} on {address.Server} is in use by a lab. Nothing was changed. Make an empty one, as an administrator of PostgreSQL: "
                + $"createdb {address.ToolOptions} -T template0 -E UTF8 -O {address.User} NAME; then name it with --store");
    }

    private static void RequireKnown(SandboxDb db, string schema)
    {
        if (!db.Database.GetMigrations().Contains(schema))
            throw new StoreUnusableException($"The backup was made by a newer build ({schema}). Use that build, or a newer one.");
    }

    private static async Task<IReadOnlyList<CopiedSequence>> SequencesAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema() AND last_value IS NOT NULL ORDER BY 1", connection);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var sequences = new List<CopiedSequence>();
        while (await rows.ReadAsync(ct)) sequences.Add(new CopiedSequence(rows.GetString(0), rows.GetInt64(1)));
        return sequences;
    }

    private ServiceProvider Services() => new ServiceCollection().AddPostgresStore(address).BuildServiceProvider();

    private static SandboxDb Db(ServiceProvider services) => services.GetRequiredService<IDbContextFactory<SandboxDb>>().CreateDbContext();

    private static async Task<object?> AskAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(ct);
    }

    private static async Task DoAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }
}
