using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Sandbox.Storage.Log;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Storage.Sqlite.Log;

/// <summary>The evidence log in SQLite. Places are given on a connection of its own, opened at first use and again after a fault.</summary>
internal sealed class SqliteLogStore(SqliteFile file, WriteTurn turn, IDbContextFactory<SandboxDb> contexts) : LogStore(contexts), IDisposable
{
    private LogConnection? _connection;

    /// <inheritdoc/>
    public override Task<bool> IntegrateAsync(LogGrowth growth, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return Task.FromResult(turn.Take(() => Try(connection => connection.Integrate(growth))));
    }

    /// <inheritdoc/>
    public override Task<bool> PublishAsync(long size, byte[] checkpoint, DateTimeOffset now, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return Task.FromResult(turn.Take(() => Try(connection => connection.Publish(size, checkpoint, now))));
    }

    /// <inheritdoc/>
    public void Dispose() => _connection?.Dispose();

    private bool Try(Func<LogConnection, bool> work)
    {
        try
        {
            return work(_connection ??= LogConnection.Open(file));
        }
        catch (SqliteException fault)
        {
            _connection?.Dispose();
            _connection = null;
            throw new StoreUnavailableException($"The database {file.Path} does not let the evidence log grow now: {fault.Message}", fault);
        }
    }
}
