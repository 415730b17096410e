using Npgsql;
using NpgsqlTypes;
using Sandbox.Storage.Log;
using Sandbox.Storage.Postgres.Ingest;

namespace Sandbox.Storage.Postgres.Log;

/// <summary>
/// The connection on which the log grows. The one server that holds its advisory lock is the sequencer; it loses the lock with the connection,
/// however that ends, and the head's row fences what it may still send.
/// </summary>
internal sealed class LogConnection(NpgsqlConnection connection) : IAsyncDisposable
{
    private const string Elect = "SELECT pg_try_advisory_lock(7233180020013)";

    private const string Pending = """SELECT "Id", "Leaf" FROM "LogEntries" WHERE "LeafIndex" IS NULL ORDER BY "Id" LIMIT $1""";

    private const string Head = """SELECT "Size" FROM "LogHeads" WHERE "Id" = 1 FOR UPDATE""";

    private const string Grow = """UPDATE "LogHeads" SET "Size" = $1, "Root" = $2 WHERE "Id" = 1""";

    private const string Place =
        """
        UPDATE "LogEntries" SET "LeafIndex" = $2 + place - 1 FROM unnest($1) WITH ORDINALITY AS given (entry, place)
        WHERE "Id" = given.entry AND "LeafIndex" IS NULL
        """;

    private const string Tile =
        """
        INSERT INTO "LogTiles" ("Level", "Index", "Hashes") SELECT * FROM unnest($1, $2, $3)
        ON CONFLICT ("Level", "Index") DO UPDATE SET "Hashes" = excluded."Hashes"
        """;

    private bool _elected;

    /// <summary>Whether this server is the sequencer, and if so, what waits.</summary>
    public async Task<IReadOnlyList<PendingLeaf>> PendingAsync(int most, CancellationToken ct)
    {
        if (!_elected) _elected = await AskAsync(Elect, [], ct) is true;
        if (!_elected) return [];
        await using var command = Command(Pending, [Number(most)]);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var pending = new List<PendingLeaf>();
        while (await rows.ReadAsync(ct)) pending.Add(new PendingLeaf(rows.GetInt64(0), rows.Bytes(1)));
        return pending;
    }

    /// <summary>Writes a step of the tree as a whole; false: the head or an entry is elsewhere by now, and nothing was written.</summary>
    public async Task<bool> IntegrateAsync(LogGrowth growth, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await AskAsync(Head, [], ct) is not long size || size != growth.From) return false;
        if (await DoAsync(Place, [Column.Of(growth.EntryIds), Number(growth.From)], ct) != growth.EntryIds.Count) return false;
        await DoAsync(Tile, [Column.Of(growth.Tiles.Select(x => x.Level)), Column.Of(growth.Tiles.Select(x => x.Index)), Column.Of(growth.Tiles.Select(x => (byte[]?)x.Hashes))], ct);
        await DoAsync(Grow, [Number(growth.From + growth.EntryIds.Count), new() { NpgsqlDbType = NpgsqlDbType.Bytea, Value = growth.Root }], ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static NpgsqlParameter Number(long value) => new() { NpgsqlDbType = NpgsqlDbType.Bigint, Value = value };

    private async Task<object?> AskAsync(string sql, NpgsqlParameter[] parameters, CancellationToken ct)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteScalarAsync(ct);
    }

    private async Task<int> DoAsync(string sql, NpgsqlParameter[] parameters, CancellationToken ct)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteNonQueryAsync(ct);
    }

    private NpgsqlCommand Command(string sql, NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        return command;
    }
}
