using Sandbox.Storage.Log;
using SQLitePCL;

namespace Sandbox.Storage.Sqlite.Ingest;

/// <summary>Writes entries of the evidence log, without a place: the sequencer gives it to them.</summary>
internal sealed class LogRows(sqlite3 db) : IDisposable
{
    private readonly Statement _entry = new(db,
        "INSERT INTO LogEntries (Kind, At, DeviceId, PersonId, SubjectId, Leaf, Salt, Body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");

    public void Write(LoggedEntry entry) => _entry
        .Add((int)entry.Kind).Add(entry.At).Add(entry.DeviceId).Add(entry.PersonId).Add(entry.SubjectId)
        .Add(entry.Leaf).Add(entry.Salt).Add(entry.Body).Run();

    public void Dispose() => _entry.Dispose();
}
