using Microsoft.Data.Sqlite;
using Sandbox.Storage.Retention;

namespace Sandbox.Storage.Sqlite.Retention;

/// <summary>Empties SQLite's journal (WAL). What is deleted in the database itself is written over at once, see <see cref="SqlitePragmas"/>.</summary>
internal sealed class SqliteScrub(SqliteFile file) : IStoreScrub
{
    /// <inheritdoc/>
    public Task<string?> ScrubAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder(SqliteStore.ConnectionString(file.Path)) { Pooling = false }.ToString());
        connection.Open();
        SqlitePragmas.Apply(connection);
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        using var answer = command.ExecuteReader();
        // The first column is 1 when a reader or writer was in the way.
        var isEmpty = answer.Read() && answer.GetInt64(0) == 0;
        return Task.FromResult(isEmpty ? null : "The database was being read: what was erased is written over in its journal when the server goes on.");
    }
}
