using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Sandbox.Storage.Postgres;

/// <summary>Empties the pool when a connection turns out to be dead: after a restart of PostgreSQL all the others are dead, too.</summary>
internal sealed class DeadConnections(NpgsqlDataSource source) : DbCommandInterceptor
{
    /// <inheritdoc/>
    public override void CommandFailed(System.Data.Common.DbCommand command, CommandErrorEventData eventData) => Look(eventData.Exception);

    /// <inheritdoc/>
    public override Task CommandFailedAsync(System.Data.Common.DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Look(eventData.Exception);
        return Task.CompletedTask;
    }

    private void Look(Exception fault)
    {
        if (BrokenConnection.Of(fault) is { } and (not PostgresException or PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown })) source.Clear();
    }
}
