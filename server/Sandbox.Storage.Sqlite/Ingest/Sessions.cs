using Sandbox.Protocol;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Telemetry;
using SQLitePCL;

namespace Sandbox.Storage.Sqlite.Ingest;

/// <summary>Raises a device's session for a stream that begins.</summary>
internal sealed class Sessions(sqlite3 db, DeviceFence fence) : IDisposable
{
    private readonly Statement _raise = new(db,
        "UPDATE Devices SET Session = Session + 1, AgentVersion = ?2, ClockOffsetMs = ?3, LastSeenAt = ?4 WHERE Id = ?1 RETURNING Session");

    private readonly Statement _epoch = new(db,
        "INSERT INTO Epochs (DeviceId, Id, LastSequence, LastHash, FirstSeenAt) VALUES (?1, ?2, 0, NULL, ?3) ON CONFLICT DO NOTHING");

    private readonly Statement _mark = new(db,
        "SELECT LastSequence, EXISTS (SELECT 1 FROM Facts WHERE DeviceId = ?1), LastHash FROM Epochs WHERE DeviceId = ?1 AND Id = ?2");

    private readonly Statement _sighting = new(db,
        """
        INSERT INTO Sightings (DeviceId, At, Session, Peer, HostName, BootId, Epoch, LastSequence, Serial)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        """);

    private readonly Statement _forget = new(db,
        $"DELETE FROM Sightings WHERE DeviceId = ?1 AND Id <= (SELECT Id FROM Sightings WHERE DeviceId = ?1 ORDER BY Id DESC LIMIT 1 OFFSET {Sighting.Most})");

    public SessionOpened Open(SessionOpening opening, DateTimeOffset now)
    {
        if (fence.Refuses(opening.Device, opening.Serial, null) is not Reason.Unspecified and var why) return new SessionOpened(why);

        _raise.Add(opening.Device).Add(opening.AgentVersion).Add(opening.ClockOffsetMs).Add(now).Step();
        var session = _raise.Number(0);
        _raise.Run();
        _sighting.Add(opening.Device).Add(now).Add(session).Add(opening.Peer).Add(opening.HostName).Add(opening.BootId).Add(opening.Epoch)
            .Add(opening.LastSequence).Add(opening.Serial).Run();
        _forget.Add(opening.Device).Run();
        var isNew = _epoch.Add(opening.Device).Add(opening.Epoch).Add(now).Run() == 1;
        _mark.Add(opening.Device).Add(opening.Epoch).Step();
        var opened = new SessionOpened(Reason.Unspecified, session, _mark.Number(0), isNew, _mark.Number(1) == 1) { LastHash = _mark.BytesOrNull(2) };
        _mark.Reset();
        return opened;
    }

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<Statement>)[_raise, _epoch, _mark, _sighting, _forget]) statement.Dispose();
    }
}
