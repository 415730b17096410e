using Microsoft.Data.Sqlite;
using Sandbox.Storage.Retention;

namespace Sandbox.Storage.Sqlite.Retention;

/// <summary>
/// Makes the database file anew and empties its journal (WAL). What is deleted is written over at once, see <see cref="SqlitePragmas"/>; but rows that grew
/// have moved before, and left bytes behind that no deletion finds. Writers wait meanwhile: some seconds for each gigabyte.
/// </summary>
internal sealed class SqliteScrub(SqliteFile file) : IStoreScrub
{
    /// <inheritdoc/>
    public Task<string?> ScrubAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder(SqliteStore.ConnectionString(file.Path)) { Pooling = false }.ToString());
        connection.Open();
        SqlitePragmas.Apply(connection);
        return Task.FromResult(Renew(connection) ?? (IsEmptied(connection) ? null : "The database was being read: what was erased is written over in its journal when the server goes on."));
    }

    // Null: it is done.
    private static string? Renew(SqliteConnection connection)
    {
        try
        {
            using var command = connection.CreateCommand();
            (command.CommandText, command.CommandTimeout) = ("VACUUM", 0);
            command.ExecuteNonQuery();
            return null;
        }
        catch (SqliteException fault)
        {
            return $"What was erased is gone, but the database file could not be made anew ({fault.Message}): bytes of rows that had moved before may stay in its free space until the next erasure does it, or: sqlite3 FILE VACUUM";
        }
    }

    private static bool IsEmptied(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        using var answer = command.ExecuteReader();
        // The first column is 1 when a reader or writer was in the way.
        return answer.Read() && answer.GetInt64(0) == 0;
    }
}
