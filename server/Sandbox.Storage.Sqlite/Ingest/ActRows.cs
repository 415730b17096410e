using Sandbox.Storage.Telemetry;
using SQLitePCL;

namespace Sandbox.Storage.Sqlite.Ingest;

/// <summary>Writes what was done on devices.</summary>
internal sealed class ActRows(sqlite3 db) : IDisposable
{
    private readonly Statement _put = new(db,
        """
        INSERT INTO Acts (DeviceId, Id, OccurredAt, ReportId, Method, Action, IsAutomation, Actor, RecordCount, Bytes)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        ON CONFLICT (DeviceId, Id) DO UPDATE SET
            OccurredAt = excluded.OccurredAt, ReportId = excluded.ReportId, Method = excluded.Method, Action = excluded.Action,
            IsAutomation = excluded.IsAutomation, Actor = excluded.Actor, RecordCount = excluded.RecordCount, Bytes = excluded.Bytes
        WHERE excluded.RecordCount > RecordCount
        """);

    private readonly Statement _drop = new(db, "DELETE FROM Acts WHERE DeviceId = ?1 AND Id = ?2");

    public void Write(StreamWrites stream)
    {
        foreach (var id in stream.Acts.Replaced) _drop.Add(stream.Device).Add(id).Run();
        foreach (var act in stream.Acts.Rows) Put(act);
    }

    public void Dispose()
    {
        _put.Dispose();
        _drop.Dispose();
    }

    private void Put(StoredAct act) => _put
        .Add(act.DeviceId).Add(act.Id).Add(act.OccurredAt).Add(act.ReportId).Add((int)act.Method).Add((int)act.Action)
        .Add(act.IsAutomation ? 1 : 0).Add(act.Actor).Add(act.RecordCount).Add(act.Bytes).Run();
}
