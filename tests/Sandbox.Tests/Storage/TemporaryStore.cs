using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Storage;
using Sandbox.Storage.Sqlite;

namespace Sandbox.Tests.Storage;

/// <summary>A real, migrated SQLite store in a temporary folder of its own.</summary>
internal sealed class TemporaryStore : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sandbox-store-");

    private TemporaryStore() =>
        Services = new ServiceCollection().AddSqliteStore(DatabasePath).BuildServiceProvider();

    public ServiceProvider Services { get; }

    public string Folder => _folder.FullName;

    public string DatabasePath => Path.Combine(Folder, "sandbox.db");

    public static async Task<TemporaryStore> CreateAsync()
    {
        var store = new TemporaryStore();
        await SqliteStore.MigrateAsync(store.Services, TestContext.Current.CancellationToken);
        return store;
    }

    /// <summary>A store whose database file nobody has made yet.</summary>
    public static TemporaryStore WithoutDatabase() => new();

    public SandboxDb Open() => Services.GetRequiredService<IDbContextFactory<SandboxDb>>().CreateDbContext();

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}
