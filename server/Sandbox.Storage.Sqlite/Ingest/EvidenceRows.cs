using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Storage.Crediting;
using SQLitePCL;

namespace Sandbox.Storage.Sqlite.Ingest;

/// <summary>Reads and writes the evidence of devices.</summary>
internal sealed class EvidenceRows(sqlite3 db) : IDisposable
{
    private readonly Statement _put = new(db,
        """
        INSERT INTO Evidence (Id, DeviceId, PersonId, Line, Act, Target, State, Grade, GradeReason, "Before", "After", Reason,
            BeforeReportId, ReportId, ChangedAt, NotedAt, StateSince, LoggedRevision, SettlingReportId,
            NotBefore, HappenedAt, NamedPersonId, ActId, ActReportId, Reservation, Revision,
            SeenAfterHour, SeenAfterDay, SeenAfterRestart, Boot, SeenElsewhere, SeenElsewhereReportId, SeededFaultId)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26,
            ?27, ?28, ?29, ?30, ?31, ?32, ?33)
        ON CONFLICT (Id) DO UPDATE SET
            State = excluded.State, Grade = excluded.Grade, GradeReason = excluded.GradeReason, "After" = excluded."After",
            Reason = excluded.Reason, StateSince = excluded.StateSince, LoggedRevision = excluded.LoggedRevision,
            SettlingReportId = excluded.SettlingReportId, PersonId = excluded.PersonId, NamedPersonId = excluded.NamedPersonId,
            ActId = excluded.ActId, ActReportId = excluded.ActReportId, Revision = excluded.Revision, SeenAfterHour = excluded.SeenAfterHour,
            SeenAfterDay = excluded.SeenAfterDay, SeenAfterRestart = excluded.SeenAfterRestart, Boot = excluded.Boot,
            SeenElsewhere = excluded.SeenElsewhere, SeenElsewhereReportId = excluded.SeenElsewhereReportId
        """);

    private readonly Statement _ofDevice = new(db,
        """
        SELECT Id, PersonId, Line, Act, Target, State, Grade, GradeReason, "Before", "After", Reason,
            BeforeReportId, ReportId, ChangedAt, NotedAt, StateSince, LoggedRevision, SettlingReportId,
            NotBefore, HappenedAt, NamedPersonId, ActId, ActReportId, Reservation, Revision,
            SeenAfterHour, SeenAfterDay, SeenAfterRestart, Boot, SeenElsewhere, SeenElsewhereReportId, SeededFaultId
        FROM Evidence WHERE DeviceId = ?1 ORDER BY NotedAt, Id
        """);

    public void Write(StoredEvidence row) => _put
        .Add(row.Id).Add(row.DeviceId).Add(row.PersonId).Add(row.Line).Add(row.Act).Add(row.Target).Add((int)row.State)
        .Add((int)row.Grade).Add(row.GradeReason).Add(row.Before).Add(row.After).Add(row.Reason).Add(row.BeforeReportId)
        .Add(row.ReportId).Add(row.ChangedAt).Add(row.NotedAt).Add(row.StateSince).Add((long?)row.LoggedRevision).Add(row.SettlingReportId)
        .Add(row.NotBefore).Add(row.HappenedAt).Add(row.NamedPersonId).Add(row.ActId).Add(row.ActReportId).Add(row.Reservation).Add(row.Revision)
        .Add(row.SeenAfterHour).Add(row.SeenAfterDay).Add(row.SeenAfterRestart).Add(row.Boot).Add(row.SeenElsewhere).Add(row.SeenElsewhereReportId).Add(row.SeededFaultId).Run();

    public List<StoredEvidence> Of(DeviceId device)
    {
        var rows = new List<StoredEvidence>();
        for (_ofDevice.Add(device); _ofDevice.Step();) rows.Add(Row(device));
        return rows;
    }

    public void Dispose()
    {
        _put.Dispose();
        _ofDevice.Dispose();
    }

    private StoredEvidence Row(DeviceId device) => new()
    {
        Id = _ofDevice.Guid(0),
        DeviceId = device,
        PersonId = _ofDevice.Guid(1),
        Line = _ofDevice.Text(2),
        Act = _ofDevice.Text(3),
        Target = _ofDevice.Text(4),
        State = (EvidenceState)_ofDevice.Number(5),
        Grade = (Grade)_ofDevice.Number(6),
        GradeReason = _ofDevice.Text(7),
        Before = _ofDevice.TextOrNull(8),
        After = _ofDevice.Text(9),
        Reason = _ofDevice.TextOrNull(10),
        BeforeReportId = _ofDevice.NumberOrNull(11),
        ReportId = _ofDevice.Number(12),
        ChangedAt = _ofDevice.Instant(13),
        NotedAt = _ofDevice.Instant(14),
        StateSince = _ofDevice.Instant(15),
        LoggedRevision = (int?)_ofDevice.NumberOrNull(16),
        SettlingReportId = _ofDevice.NumberOrNull(17),
        NotBefore = _ofDevice.InstantOrNull(18),
        HappenedAt = _ofDevice.InstantOrNull(19),
        NamedPersonId = _ofDevice.GuidOrNull(20),
        ActId = _ofDevice.TextOrNull(21),
        ActReportId = _ofDevice.NumberOrNull(22),
        Reservation = _ofDevice.TextOrNull(23),
        Revision = (int)_ofDevice.Number(24),
        SeenAfterHour = _ofDevice.InstantOrNull(25),
        SeenAfterDay = _ofDevice.InstantOrNull(26),
        SeenAfterRestart = _ofDevice.InstantOrNull(27),
        Boot = _ofDevice.TextOrNull(28),
        SeenElsewhere = _ofDevice.TextOrNull(29),
        SeenElsewhereReportId = _ofDevice.NumberOrNull(30),
        SeededFaultId = _ofDevice.GuidOrNull(31),
    };
}
