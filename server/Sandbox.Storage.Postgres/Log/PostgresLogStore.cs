using Microsoft.EntityFrameworkCore;
using Sandbox.Storage.Log;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Storage.Postgres.Log;

/// <summary>The evidence log in PostgreSQL. Any number of servers may share it; one of them gives places, the others see nothing that waits.</summary>
internal sealed class PostgresLogStore(PostgresAddress address, IDbContextFactory<SandboxDb> contexts) : LogStore(contexts), IAsyncDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private LogConnection? _connection;

    /// <inheritdoc/>
    public override Task<IReadOnlyList<PendingLeaf>> PendingAsync(int most, CancellationToken ct) => TryAsync(connection => connection.PendingAsync(most, ct), ct);

    /// <inheritdoc/>
    public override Task<bool> IntegrateAsync(LogGrowth growth, CancellationToken ct) => TryAsync(connection => connection.IntegrateAsync(growth, ct), ct);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_connection is not null) await _connection.DisposeAsync();
        _one.Dispose();
    }

    private async Task<T> TryAsync<T>(Func<LogConnection, Task<T>> work, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            return await work(_connection ??= new LogConnection(await PostgresStore.ConnectAloneAsync(address, ct)));
        }
        catch (Exception thrown) when (BrokenConnection.Of(thrown) is { } fault)
        {
            if (_connection is not null) await _connection.DisposeAsync();
            _connection = null;
            throw new StoreUnavailableException($"The database {address.Database} on {address.Server} does not let the evidence log grow now: {PostgresFaults.Whole(fault)}", fault);
        }
        finally
        {
            _one.Release();
        }
    }
}
