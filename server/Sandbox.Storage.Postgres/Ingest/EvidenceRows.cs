using Npgsql;
using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Storage.Crediting;

namespace Sandbox.Storage.Postgres.Ingest;

/// <summary>Reads and writes the evidence of devices.</summary>
internal static class EvidenceRows
{
    /// <summary>All evidence of the device $1.</summary>
    public const string OfDevice =
        """
        SELECT "Id", "PersonId", "Line", "Act", "Target", "State", "Grade", "GradeReason", "Before", "After", "Reason",
            "BeforeReportId", "ReportId", "ChangedAt", "NotedAt", "StateSince", "LoggedRevision", "SettlingReportId",
            "NotBefore", "HappenedAt", "NamedPersonId", "ActId", "ActReportId", "Reservation", "Revision",
            "SeenAfterHour", "SeenAfterDay", "SeenAfterRestart", "Boot", "SeenElsewhere", "SeenElsewhereReportId", "SeededFaultId"
        FROM "Evidence" WHERE "DeviceId" = $1 ORDER BY "NotedAt", "Id"
        """;

    private const string Put =
        """
        INSERT INTO "Evidence" ("Id", "DeviceId", "PersonId", "Line", "Act", "Target", "State", "Grade", "GradeReason", "Before", "After", "Reason",
            "BeforeReportId", "ReportId", "ChangedAt", "NotedAt", "StateSince", "LoggedRevision", "SettlingReportId",
            "NotBefore", "HappenedAt", "NamedPersonId", "ActId", "ActReportId", "Reservation", "Revision",
            "SeenAfterHour", "SeenAfterDay", "SeenAfterRestart", "Boot", "SeenElsewhere", "SeenElsewhereReportId", "SeededFaultId")
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26,
            $27, $28, $29, $30, $31, $32, $33)
        ON CONFLICT ("Id") DO UPDATE SET
            "State" = excluded."State", "Grade" = excluded."Grade", "GradeReason" = excluded."GradeReason", "After" = excluded."After",
            "Reason" = excluded."Reason", "StateSince" = excluded."StateSince", "LoggedRevision" = excluded."LoggedRevision",
            "SettlingReportId" = excluded."SettlingReportId", "PersonId" = excluded."PersonId", "NamedPersonId" = excluded."NamedPersonId",
            "ActId" = excluded."ActId", "ActReportId" = excluded."ActReportId", "Revision" = excluded."Revision",
            "SeenAfterHour" = excluded."SeenAfterHour", "SeenAfterDay" = excluded."SeenAfterDay", "SeenAfterRestart" = excluded."SeenAfterRestart",
            "Boot" = excluded."Boot", "SeenElsewhere" = excluded."SeenElsewhere", "SeenElsewhereReportId" = excluded."SeenElsewhereReportId"
        """;

    public static void Add(Statements statements, List<StoredEvidence> rows)
    {
        if (rows.Count == 0) return;
        statements.Add(Put, Column.Of(rows.Select(x => x.Id)), Column.Of(rows.Select(x => x.DeviceId)), Column.Of(rows.Select(x => x.PersonId)),
            Column.Of(rows.Select(x => (string?)x.Line)), Column.Of(rows.Select(x => (string?)x.Act)), Column.Of(rows.Select(x => (string?)x.Target)),
            Column.Of(rows.Select(x => (int)x.State)), Column.Of(rows.Select(x => (int)x.Grade)), Column.Of(rows.Select(x => (string?)x.GradeReason)),
            Column.Of(rows.Select(x => x.Before)), Column.Of(rows.Select(x => (string?)x.After)), Column.Of(rows.Select(x => x.Reason)),
            Column.Of(rows.Select(x => x.BeforeReportId)), Column.Of(rows.Select(x => x.ReportId)), Column.Of(rows.Select(x => x.ChangedAt)),
            Column.Of(rows.Select(x => x.NotedAt)), Column.Of(rows.Select(x => x.StateSince)), Column.Of(rows.Select(x => x.LoggedRevision)),
            Column.Of(rows.Select(x => x.SettlingReportId)), Column.Of(rows.Select(x => x.NotBefore)), Column.Of(rows.Select(x => x.HappenedAt)),
            Column.Of(rows.Select(x => x.NamedPersonId)), Column.Of(rows.Select(x => x.ActId)), Column.Of(rows.Select(x => x.ActReportId)),
            Column.Of(rows.Select(x => x.Reservation)), Column.Of(rows.Select(x => x.Revision)), Column.Of(rows.Select(x => x.SeenAfterHour)),
            Column.Of(rows.Select(x => x.SeenAfterDay)), Column.Of(rows.Select(x => x.SeenAfterRestart)), Column.Of(rows.Select(x => x.Boot)),
            Column.Of(rows.Select(x => x.SeenElsewhere)), Column.Of(rows.Select(x => x.SeenElsewhereReportId)), Column.Of(rows.Select(x => x.SeededFaultId)));
    }

    public static StoredEvidence Read(NpgsqlDataReader row, DeviceId device) => new()
    {
        Id = row.GetGuid(0),
        DeviceId = device,
        PersonId = row.GetGuid(1),
        Line = row.GetString(2),
        Act = row.GetString(3),
        Target = row.GetString(4),
        State = (EvidenceState)row.GetInt32(5),
        Grade = (Grade)row.GetInt32(6),
        GradeReason = row.GetString(7),
        Before = row.TextOrNull(8),
        After = row.GetString(9),
        Reason = row.TextOrNull(10),
        BeforeReportId = row.NumberOrNull(11),
        ReportId = row.GetInt64(12),
        ChangedAt = row.Instant(13),
        NotedAt = row.Instant(14),
        StateSince = row.Instant(15),
        LoggedRevision = row.SmallOrNull(16),
        SettlingReportId = row.NumberOrNull(17),
        NotBefore = row.InstantOrNull(18),
        HappenedAt = row.InstantOrNull(19),
        NamedPersonId = row.GuidOrNull(20),
        ActId = row.TextOrNull(21),
        ActReportId = row.NumberOrNull(22),
        Reservation = row.TextOrNull(23),
        Revision = row.GetInt32(24),
        SeenAfterHour = row.InstantOrNull(25),
        SeenAfterDay = row.InstantOrNull(26),
        SeenAfterRestart = row.InstantOrNull(27),
        Boot = row.TextOrNull(28),
        SeenElsewhere = row.TextOrNull(29),
        SeenElsewhereReportId = row.NumberOrNull(30),
        SeededFaultId = row.GuidOrNull(31),
    };
}
