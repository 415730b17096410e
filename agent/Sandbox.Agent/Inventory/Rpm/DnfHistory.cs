using Sandbox.Agent.Collecting;
using Sandbox.Agent.Inventory.Sqlite;
using Sandbox.Protocol;

namespace Sandbox.Agent.Inventory.Rpm;

/// <summary>dnf 4's history: what the newest finished transaction that put a package there says of it.</summary>
internal static class DnfHistory
{
    private const string History = "var/lib/dnf/history.sqlite";
    private const long Done = 1;
    private const int LongestId = 200;
    private const int MostTries = 3;
    private const int MostRows = 1_000_000;

    /// <summary>The history, and the lock that goes when all is written down; not its log, which each package touches.</summary>
    public static IReadOnlyList<string> Watches { get; } = [History, "var/lib/dnf/rpmdb_lock.pid"];

    /// <summary>Null: dnf 4 keeps none here, or it cannot be read or is always being written, and then <paramref name="unseen"/> has it.</summary>
    public static RpmNotes? Read(RootFolder root, ICollection<Unseen> unseen, CancellationToken ct) =>
        root.Has(History) ? Read(root, path => new SqliteFile(path, ct), unseen) : null;

    /// <summary>The same, of a file that is there. Tests open one that others write.</summary>
    internal static RpmNotes? Read(RootFolder root, Func<string, SqliteFile> open, ICollection<Unseen> unseen)
    {
        var path = root.Resolve(History);
        var (notes, fault) = Once(path, open);
        for (var tries = 1; tries < MostTries && fault is not null; tries++) (notes, fault) = Once(path, open);
        if (fault is not null) unseen.Add(fault);
        return notes;
    }

    // What was put together of two states may be wrong, and is not told.
    private static (RpmNotes? Notes, Unseen? Fault) Once(string path, Func<string, SqliteFile> open)
    {
        // As RpmReading does.
        var before = FileState.Of(path);
        try
        {
            using var file = open(path);
            var notes = Read(file);
            return file.IsAsItWas && FileState.Of(path) == before ? (notes, null) : (null, Changed());
        }
        catch (UnauthorizedAccessException fault)
        {
            return (null, Why.Of(History, fault));
        }
        catch (IOException fault)
        {
            return (null, FileState.Of(path) == before ? Why.Of(History, fault) : Changed());
        }
    }

    private static Unseen Changed() => Why.Of(History, "changed while it was read");

    private static RpmNotes Read(SqliteFile file)
    {
        var finished = new HashSet<long>();
        // id, dt_begin, dt_end, rpmdb_version_begin, rpmdb_version_end, releasever, user_id, cmdline, state.
        Each(file, "trans", row => { if (row.Number(8) == Done) finished.Add(row.Key); });
        var repositories = new Dictionary<long, string>();
        Each(file, "repo", row => { if (ShortText.Of(SqliteFile.Text(row.Bytes(1)), LongestId) is { } id) repositories[row.Key] = id; });
        var newest = new Dictionary<long, (long? Repository, long Reason)>();
        // id, trans_id, item_id, repo_id, action, reason, state. Rows are numbered as they came.
        Each(file, "trans_item", row =>
        {
            if (row.Number(1) is not { } transaction || !finished.Contains(transaction) || row.Number(2) is not { } item) return;
            if (PutsThere(row.Number(4))) newest[item] = (row.Number(3), row.Number(5) ?? 0);
            // rpm alone may have brought it back.
            else if (TakesAway(row.Number(4))) newest.Remove(item);
        });
        var notes = new RpmNotes();
        // item_id, name, epoch, version, release, arch.
        Each(file, "rpm", row =>
        {
            if (row.Number(0) is not { } item || !newest.TryGetValue(item, out var last)) return;
            var (name, architecture) = (SqliteFile.Text(row.Bytes(1)), SqliteFile.Text(row.Bytes(5)));
            var version = $"{SqliteFile.Text(row.Bytes(3))}-{SqliteFile.Text(row.Bytes(4))}";
            if (row.Number(2) is > 0 and var epoch) version = $"{epoch}:{version}";
            if (last.Repository is { } number && repositories.TryGetValue(number, out var repository)) notes.Note($"{name}-{version}.{architecture}", repository);
            if (Automatic(last.Reason) is { } automatic) notes.Note($"{name}-{version}.{architecture}", automatic);
        });
        return notes;
    }

    // INSTALL, DOWNGRADE, OBSOLETE, UPGRADE, REINSTALL and REASON_CHANGE of libdnf.
    private static bool PutsThere(long? action) => action is 1 or 2 or 4 or 6 or 9 or 11;

    // DOWNGRADED, OBSOLETED, UPGRADED and REMOVE.
    private static bool TakesAway(long? action) => action is 3 or 5 or 7 or 8;

    // DEPENDENCY, CLEAN and WEAK_DEPENDENCY; USER and GROUP.
    private static bool? Automatic(long reason) => reason switch
    {
        1 or 3 or 4 => true,
        2 or 5 => false,
        _ => null,
    };

    private static void Each(SqliteFile file, string table, SqliteRowReader read)
    {
        using var rows = SqliteTable.Open(file, table);
        for (var left = MostRows; rows?.Next() == true; left--)
        {
            if (left == 0) throw new IOException($"more than {MostRows} rows in {table}");
            read(rows.Row);
        }
    }

    private delegate void SqliteRowReader(SqliteRow row);
}
