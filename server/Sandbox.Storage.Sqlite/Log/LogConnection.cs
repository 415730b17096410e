using Microsoft.Data.Sqlite;
using Sandbox.Storage.Log;
using Sandbox.Storage.Sqlite.Ingest;
using SQLitePCL;

namespace Sandbox.Storage.Sqlite.Log;

/// <summary>The connection on which the log grows, with its prepared statements.</summary>
internal sealed class LogConnection : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly sqlite3 _db;
    private readonly Statement _begin, _commit, _rollback, _head, _place, _tile, _publish;

    private LogConnection(SqliteConnection connection)
    {
        _connection = connection;
        _db = connection.Handle!;
        (_begin, _commit, _rollback) = (new(_db, "BEGIN IMMEDIATE"), new(_db, "COMMIT"), new(_db, "ROLLBACK"));
        _head = new(_db, "UPDATE LogHeads SET Size = ?2, Root = ?3 WHERE Size = ?1");
        _publish = new(_db, "UPDATE LogHeads SET Checkpoint = ?2, CheckpointSize = ?1, PublishedAt = ?3 WHERE Size = ?1 AND HaltedAt IS NULL");
        _place = new(_db, "UPDATE LogEntries SET LeafIndex = ?2 WHERE Id = ?1 AND LeafIndex IS NULL");
        _tile = new(_db,
            """
            INSERT INTO LogTiles (Level, "Index", Hashes) VALUES (?1, ?2, ?3)
            ON CONFLICT (Level, "Index") DO UPDATE SET Hashes = excluded.Hashes
            """);
    }

    /// <summary>Keeps a checkpoint; false: the head is elsewhere or halted.</summary>
    public bool Publish(long size, byte[] checkpoint, DateTimeOffset now) => _publish.Add(size).Add(checkpoint).Add(now).Run() == 1;

    public static LogConnection Open(SqliteFile file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(SqliteStore.ConnectionString(file.Path)) { Pooling = false }.ToString());
        try
        {
            connection.Open();
            SqlitePragmas.Apply(connection);
            return new LogConnection(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Writes a step of the tree as a whole; false: the head or an entry is elsewhere by now, and nothing was written.</summary>
    public bool Integrate(LogGrowth growth)
    {
        _begin.Run();
        try
        {
            var written = Write(growth);
            (written ? _commit : _rollback).Run();
            return written;
        }
        catch
        {
            // SQLite itself has rolled back after some faults, a full disk among them.
            if (raw.sqlite3_get_autocommit(_db) == 0) _rollback.Run();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var part in (IDisposable[])[_begin, _commit, _rollback, _head, _place, _tile, _publish, _connection]) part.Dispose();
    }

    private bool Write(LogGrowth growth)
    {
        var next = growth.From;
        if (_head.Add(growth.From).Add(growth.From + growth.EntryIds.Count).Add(growth.Root).Run() != 1) return false;
        foreach (var id in growth.EntryIds)
            if (_place.Add(id).Add(next++).Run() != 1) return false;
        foreach (var tile in growth.Tiles) _tile.Add(tile.Level).Add(tile.Index).Add(tile.Hashes).Run();
        return true;
    }
}
