using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Sandbox.Storage.Sqlite;

/// <summary>
/// What every connection is told when it opens. WAL lets commands and pages read beside the writer; synchronous=FULL makes a commit
/// survive a power cut, which an acknowledgement promises. Pages that change with every batch are copied from the WAL into the database once
/// in 4,000 pages (16 MiB) and not in 1,000: it is the committing thread that copies and waits for the disk. secure_delete writes zeros over what is
/// deleted, so that what was erased is nowhere in free space. Every connection has it: a row that grows, as one of the log does when it gets its place,
/// moves, and without it whoever wrote it left the old bytes behind, where no erasure finds them.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    internal static readonly string Text = $"PRAGMA busy_timeout={SqliteStore.BusySeconds * 1000}; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000; PRAGMA secure_delete=ON;";

    /// <inheritdoc/>
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Apply(connection);

    /// <inheritdoc/>
    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Apply(connection);
        return Task.CompletedTask;
    }

    internal static void Apply(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Text;
        command.ExecuteNonQuery();
    }
}
