using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Sandbox.Storage.Sqlite.Ingest;

/// <summary>The writer's own connection with its prepared statements.</summary>
internal sealed class IngestConnection : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly sqlite3 _db;
    private readonly Statement _begin, _commit, _rollback;

    private IngestConnection(SqliteConnection connection)
    {
        _connection = connection;
        _db = connection.Handle!;
        (_begin, _commit, _rollback) = (new(_db, "BEGIN IMMEDIATE"), new(_db, "COMMIT"), new(_db, "ROLLBACK"));
        Fence = new DeviceFence(_db);
        Reports = new ReportRows(_db);
        Findings = new FindingRows(_db);
        Devices = new DeviceRows(_db);
        Evidence = new EvidenceRows(_db);
        Acts = new ActRows(_db);
        Traffic = new TrafficRows(_db);
        Log = new LogRows(_db);
        Sessions = new Sessions(_db, Fence);
        Reader = new DeviceReader(_db, Evidence);
        Lookups = new Lookups(_db);
        WhoDidWhat = new WhoDidWhat(_db);
        PeoplesWord = new PeoplesWord(_db);
    }

    public DeviceFence Fence { get; }

    public ReportRows Reports { get; }

    public FindingRows Findings { get; }

    public DeviceRows Devices { get; }

    public EvidenceRows Evidence { get; }

    public ActRows Acts { get; }

    public TrafficRows Traffic { get; }

    public LogRows Log { get; }

    public Sessions Sessions { get; }

    public DeviceReader Reader { get; }

    public Lookups Lookups { get; }

    public WhoDidWhat WhoDidWhat { get; }

    public PeoplesWord PeoplesWord { get; }

    public static IngestConnection Open(SqliteFile file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(SqliteStore.ConnectionString(file.Path)) { Pooling = false }.ToString());
        try
        {
            connection.Open();
            SqlitePragmas.Apply(connection);
            using var cache = connection.CreateCommand();
            cache.CommandText = "PRAGMA cache_size=-16000"; // KiB: the pages that every batch changes stay at hand
            cache.ExecuteNonQuery();
            return new IngestConnection(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Highest row number of a report; 0: there is none.</summary>
    public long LastReport()
    {
        using var last = new Statement(_db, "SELECT coalesce(max(Id), 0) FROM Reports");
        last.Step();
        return last.Number(0);
    }

    /// <summary>Does the work and commits it, or leaves everything as it was.</summary>
    public T InTransaction<T>(Func<T> work)
    {
        _begin.Run();
        try
        {
            var result = work();
            _commit.Run();
            return result;
        }
        catch
        {
            // SQLite itself has rolled back after some faults, a full disk among them.
            if (raw.sqlite3_get_autocommit(_db) == 0) _rollback.Run();
            throw;
        }
    }

    public int Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var part in (IDisposable[])[_begin, _commit, _rollback, Fence, Reports, Findings, Devices, Evidence, Acts, Traffic, Log, Sessions, Reader, Lookups, WhoDidWhat, PeoplesWord, _connection]) part.Dispose();
    }
}
