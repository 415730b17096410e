using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Sandbox.Storage.Log;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Storage.Sqlite.Log;

/// <summary>The evidence log in SQLite. Places are given on a connection of its own, opened at first use and again after a fault.</summary>
internal sealed class SqliteLogStore(SqliteFile file, IDbContextFactory<SandboxDb> contexts) : LogStore(contexts), IDisposable
{
    private readonly Lock _gate = new();
    private LogConnection? _connection;

    /// <inheritdoc/>
    public override Task<bool> IntegrateAsync(LogGrowth growth, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        lock (_gate) return Task.FromResult(Integrate(growth));
    }

    /// <inheritdoc/>
    public void Dispose() => _connection?.Dispose();

    private bool Integrate(LogGrowth growth)
    {
        try
        {
            return (_connection ??= LogConnection.Open(file)).Integrate(growth);
        }
        catch (SqliteException fault)
        {
            _connection?.Dispose();
            _connection = null;
            throw new StoreUnavailableException($"The database {file.Path} does not let the evidence log grow now: {fault.Message}", fault);
        }
    }
}
