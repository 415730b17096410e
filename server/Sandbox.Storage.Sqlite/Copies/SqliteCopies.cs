using Microsoft.Data.Sqlite;
using Sandbox.Storage.Copies;

namespace Sandbox.Storage.Sqlite.Copies;

/// <summary>
/// Copies of a SQLite store: one file, made by <c>VACUUM INTO</c>. It reads in one transaction, beside which a writer goes on (WAL), and writes
/// what is in use and nothing else: what was erased does not linger in pages that are free.
/// </summary>
public sealed class SqliteCopies(string databasePath) : IStoreCopies
{
    private const string Name = "sandbox.db";
    private const int Full = 13;

    /// <inheritdoc/>
    public async Task CopyAsync(string folder, CancellationToken ct)
    {
        var copy = new SqliteFile(Path.Combine(folder, Name));
        copy.Create();
        try
        {
            // All of it happens within one call of SQLite's.
            await Task.Run(() => VacuumInto(copy), ct);
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode == Full)
        {
            throw new IOException($"The disk of {folder} is full.", fault);
        }
    }

    /// <inheritdoc/>
    public async Task<IStoreCopy> OpenAsync(string folder, CancellationToken ct) => await SqliteCopy.OpenAsync(Path.Combine(folder, Name), ct);

    /// <inheritdoc/>
    public Task PutBackAsync(string folder, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        File.Move(Path.Combine(folder, Name), databasePath);
        using var file = new FileStream(databasePath, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
        return Task.CompletedTask;
    }

    private void VacuumInto(SqliteFile copy)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder(SqliteStore.ConnectionString(databasePath)) { Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO $file";
        command.Parameters.AddWithValue("$file", copy.Path);
        command.ExecuteNonQuery();
    }
}
