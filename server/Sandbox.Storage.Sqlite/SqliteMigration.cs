using Microsoft.EntityFrameworkCore;

namespace Sandbox.Storage.Sqlite;

/// <summary>Brings a database file to this build's schema.</summary>
internal static class SqliteMigration
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(50);

    public static async Task ApplyAsync(SandboxDb db, SqliteFile file, CancellationToken ct)
    {
        var known = db.Database.GetMigrations().ToHashSet();
        if (known.Count == 0)
            throw new StoreUnusableException($"{typeof(SqliteMigration).Assembly.GetName().Name} holds no migration: the build is incomplete. Build it again.");

        using var alone = await LockAsync(file, Patience, ct);
        var applied = (await db.Database.GetAppliedMigrationsAsync(ct)).ToList();
        if (applied.Find(id => !known.Contains(id)) is { } newer)
            throw new StoreUnusableException($"The database {file.Path} was made by a newer build ({newer}). Start that build, or restore an older copy of the file.");
        if (applied.Count == known.Count) return;

        // EF leaves its lock behind when it is killed, and then waits for it for ever; whoever holds our file knows that it is stale.
        await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", ct);
        await db.Database.MigrateAsync(ct);
    }

    /// <summary>Waits until nobody else prepares the file.</summary>
    /// <exception cref="StoreUnusableException">Somebody did for longer than the patience.</exception>
    internal static async Task<FileStream> LockAsync(SqliteFile file, TimeSpan patience, CancellationToken ct)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (file.TryLock() is { } alone) return alone;
            if (TimeProvider.System.GetElapsedTime(begin) >= patience)
                throw new StoreUnusableException($"Another sandbox-server has been preparing the database {file.Path} for {patience.TotalSeconds:0} seconds. Wait until it is done or end it, then try again.");
            await Task.Delay(Retry, TimeProvider.System, ct);
        }
    }
}
