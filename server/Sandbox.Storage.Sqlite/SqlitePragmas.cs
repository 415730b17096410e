using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Sandbox.Storage.Sqlite;

/// <summary>
/// What every connection is told when it opens. WAL lets commands and pages read beside the writer; synchronous=FULL makes a commit
/// survive a power cut, which an acknowledgement promises. Pages that change with every batch are copied from the WAL into the database once
/// in 4,000 pages (16 MiB) and not in 1,000: it is the committing thread that copies and waits for the disk. Where people decide, secure_delete
/// writes zeros over what is deleted. The writers of reports and of the log go without, for it writes each page that is freed once more; what they leave
/// behind of rows that moved goes when an erasure makes the file anew.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    internal static readonly string Text = $"PRAGMA busy_timeout={SqliteStore.BusySeconds * 1000}; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000;";

    private const string Erasing = " PRAGMA secure_delete=ON;";

    /// <inheritdoc/>
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Apply(connection, Text + Erasing);

    /// <inheritdoc/>
    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Apply(connection, Text + Erasing);
        return Task.CompletedTask;
    }

    internal static void Apply(DbConnection connection) => Apply(connection, Text);

    private static void Apply(DbConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
