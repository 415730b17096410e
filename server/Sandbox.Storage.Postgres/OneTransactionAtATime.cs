using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Sandbox.Storage.Postgres;

/// <summary>
/// Transactions of EF Core follow one another, on every server, as SQLite's do: "see whether, then write" holds in both stores. They are
/// what people do (enrol, rename, sign up); the ingest writer is not one of them and locks the rows of its devices instead.
/// </summary>
internal sealed class OneTransactionAtATime : DbTransactionInterceptor
{
    private const string Lock = "SELECT pg_advisory_xact_lock(7233180020012)";

    /// <inheritdoc/>
    public override DbTransaction TransactionStarted(DbConnection connection, TransactionEndEventData eventData, DbTransaction result)
    {
        using var wait = Command(connection, result);
        wait.ExecuteNonQuery();
        return result;
    }

    /// <inheritdoc/>
    public override async ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        await using var wait = Command(connection, result);
        await wait.ExecuteNonQueryAsync(cancellationToken);
        return result;
    }

    private static DbCommand Command(DbConnection connection, DbTransaction transaction)
    {
        var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (Lock, transaction);
        return command;
    }
}
