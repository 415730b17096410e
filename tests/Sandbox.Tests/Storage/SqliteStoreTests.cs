using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Sandbox.Storage;
using Sandbox.Storage.Sqlite;

namespace Sandbox.Tests.Storage;

public sealed class SqliteStoreTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_that_another_process_prepares_for_too_long_is_named()
    {
        await using var store = await TemporaryStore.CreateAsync();
        var file = new SqliteFile(store.DatabasePath);
        using var other = file.TryLock();

        var fault = await Assert.ThrowsAsync<StoreUnusableException>(() => SqliteMigration.LockAsync(file, TimeSpan.Zero, TestContext.Current.CancellationToken));

        Assert.Contains(store.DatabasePath, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_migrations_say_what_the_model_says()
    {
        await using var store = await TemporaryStore.CreateAsync();

        await using var db = store.Open();

        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task The_schema_has_a_table_for_passkeys()
    {
        await using var store = await TemporaryStore.CreateAsync();

        Assert.Equal(1L, await ScalarAsync(store, "SELECT count(*) AS Value FROM sqlite_master WHERE name = 'AspNetUserPasskeys'"));
    }

    [Fact]
    public async Task Migrating_twice_changes_nothing()
    {
        await using var store = await TemporaryStore.CreateAsync();

        await SqliteStore.MigrateAsync(store.Services, Ct);

        await using var db = store.Open();
        Assert.Equal(db.Database.GetMigrations(), await db.Database.GetAppliedMigrationsAsync(Ct));
    }

    [Fact]
    public async Task Two_that_migrate_at_once_both_succeed()
    {
        await using var store = TemporaryStore.WithoutDatabase();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => SqliteStore.MigrateAsync(store.Services, Ct), Ct)));

        Assert.Equal(0L, await ScalarAsync(store, "SELECT count(*) AS Value FROM Devices"));
    }

    [Fact]
    public async Task A_migration_that_was_killed_does_not_block_the_next_start()
    {
        await using var store = TemporaryStore.WithoutDatabase();
        new SqliteFile(store.DatabasePath).Create();
        await using (var db = store.Open())
            await db.Database.ExecuteSqlRawAsync(
                """
                CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01');
                """, Ct);

        await SqliteStore.MigrateAsync(store.Services, Ct).WaitAsync(TimeSpan.FromSeconds(20), Ct);

        Assert.Equal(0L, await ScalarAsync(store, "SELECT count(*) AS Value FROM Devices"));
    }

    [Theory]
    [InlineData("SELECT journal_mode AS Value FROM pragma_journal_mode", "wal")]
    [InlineData("SELECT CAST(synchronous AS TEXT) AS Value FROM pragma_synchronous", "2")]
    [InlineData("SELECT CAST(foreign_keys AS TEXT) AS Value FROM pragma_foreign_keys", "1")]
    [InlineData("SELECT CAST(timeout AS TEXT) AS Value FROM pragma_busy_timeout", "10000")]
    public async Task Every_connection_is_durable_and_patient(string sql, string expected)
    {
        await using var store = await TemporaryStore.CreateAsync();
        await using var db = store.Open();

        var value = await db.Database.SqlQueryRaw<string>(sql).SingleAsync(Ct);

        Assert.Equal(expected, value);
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task Only_the_owner_may_read_the_database_and_its_companions()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no mode bits.");
        await using var store = await TemporaryStore.CreateAsync();
        await using var db = store.Open();
        await db.Database.OpenConnectionAsync(Ct);

        var modes = Directory.GetFiles(store.Folder).ToDictionary(file => Path.GetFileName(file), File.GetUnixFileMode);

        Assert.Contains("sandbox.db-wal", modes.Keys);
        Assert.All(modes, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.Value));
    }

    [Fact]
    public async Task A_database_of_a_newer_build_is_refused_in_words()
    {
        await using var store = await TemporaryStore.CreateAsync();
        await using (var db = store.Open())
            await db.Database.ExecuteSqlRawAsync("INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_Later', '99.0')", Ct);

        var fault = await Assert.ThrowsAsync<StoreUnusableException>(() => SqliteStore.MigrateAsync(store.Services, Ct));

        Assert.Contains("made by a newer build (29990101000000_Later)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_in_words()
    {
        await using var store = TemporaryStore.WithoutDatabase();
        await File.WriteAllTextAsync(store.DatabasePath, new string('x', 5000), Ct);

        var fault = await Assert.ThrowsAsync<StoreUnusableException>(() => SqliteStore.MigrateAsync(store.Services, Ct));

        Assert.Contains("is no SQLite database", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named_with_what_to_do()
    {
        await using var store = TemporaryStore.WithoutDatabase();
        Directory.CreateDirectory(store.DatabasePath);

        var fault = await Assert.ThrowsAsync<StoreUnusableException>(() => SqliteStore.MigrateAsync(store.Services, Ct));

        Assert.Contains(store.DatabasePath, fault.Message, StringComparison.Ordinal);
        Assert.Contains("Make its folder writable", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_database_is_not_made_by_opening_it()
    {
        await using var store = TemporaryStore.WithoutDatabase();

        await Assert.ThrowsAsync<SqliteException>(() => ScalarAsync(store, "SELECT 1 AS Value"));

        Assert.False(File.Exists(store.DatabasePath));
    }

    private static async Task<long> ScalarAsync(TemporaryStore store, string sql)
    {
        await using var db = store.Open();
        return await db.Database.SqlQueryRaw<long>(sql).SingleAsync(Ct);
    }
}
