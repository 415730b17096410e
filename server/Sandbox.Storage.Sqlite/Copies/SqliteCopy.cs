using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Storage.Copies;
using Sandbox.Storage.Log;

namespace Sandbox.Storage.Sqlite.Copies;

/// <summary>A copied database file, open.</summary>
internal sealed class SqliteCopy : IStoreCopy
{
    private readonly string _path;
    private readonly ServiceProvider _services;
    private readonly SandboxDb _db;

    private SqliteCopy(string path)
    {
        _path = path;
        _services = new ServiceCollection().AddSqliteStore(path).BuildServiceProvider();
        _db = _services.GetRequiredService<IDbContextFactory<SandboxDb>>().CreateDbContext();
        Log = new StoredLog(_db);
    }

    /// <inheritdoc/>
    public string Schema { get; private set; } = "";

    /// <inheritdoc/>
    public IReadOnlyList<string> Faults { get; private set; } = [];

    /// <inheritdoc/>
    public StoreCounts Counts { get; private set; } = new(0, 0, 0);

    /// <inheritdoc/>
    public IReadableLog Log { get; }

    public static async Task<SqliteCopy> OpenAsync(string path, CancellationToken ct)
    {
        if (!File.Exists(path)) throw new InvalidDataException($"{Path.GetFileName(path)} is missing");
        var copy = new SqliteCopy(path);
        try
        {
            await copy.ReadAsync(ct);
            return copy;
        }
        catch (SqliteException fault)
        {
            await copy.DisposeAsync();
            throw new InvalidDataException($"the database cannot be read: {fault.Message}", fault);
        }
        catch
        {
            await copy.DisposeAsync();
            throw;
        }
    }

    /// <summary>Closes it; then nothing of it stands in another file.</summary>
    public async ValueTask DisposeAsync()
    {
        await _db.DisposeAsync();
        await _services.DisposeAsync();
        using (var pooled = new SqliteConnection(SqliteStore.ConnectionString(_path))) SqliteConnection.ClearPool(pooled);
        File.Delete(_path + ".lock");
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        Faults = await _db.Database.SqlQuery<string>($"SELECT integrity_check AS Value FROM pragma_integrity_check WHERE integrity_check <> 'ok'").ToListAsync(ct);
        if (Faults.Count > 0) return;
        Schema = (await _db.Database.GetAppliedMigrationsAsync(ct)).LastOrDefault() ?? throw new InvalidDataException("the database is none of Sandbox");
        await SqliteStore.MigrateAsync(_services, ct);
        Counts = new StoreCounts(await _db.Users.LongCountAsync(ct), await _db.Devices.LongCountAsync(ct), await _db.Reports.LongCountAsync(ct));
    }
}
