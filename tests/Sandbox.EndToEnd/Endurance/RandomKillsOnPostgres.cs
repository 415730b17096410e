using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Endurance;

/// <summary>The same with PostgreSQL.</summary>
[Nightly]
public sealed class RandomKillsOnPostgres : RandomKills
{
    private PostgresCluster? _postgres;

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_postgres is not null) await _postgres.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected override async Task<string?> StoreAsync()
    {
        _postgres = await PostgresCluster.StartAsync(Ct);
        return await _postgres.CreateDatabaseAsync(Ct);
    }
}
