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
            "BeforeReportId", "ReportId", "ChangedAt", "NotedAt", "StateSince", "LoggedState", "SettlingReportId"
        FROM "Evidence" WHERE "DeviceId" = $1 ORDER BY "NotedAt", "Id"
        """;

    private const string Put =
        """
        INSERT INTO "Evidence" ("Id", "DeviceId", "PersonId", "Line", "Act", "Target", "State", "Grade", "GradeReason", "Before", "After", "Reason",
            "BeforeReportId", "ReportId", "ChangedAt", "NotedAt", "StateSince", "LoggedState", "SettlingReportId")
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
        ON CONFLICT ("Id") DO UPDATE SET
            "State" = excluded."State", "Grade" = excluded."Grade", "GradeReason" = excluded."GradeReason", "After" = excluded."After",
            "Reason" = excluded."Reason", "StateSince" = excluded."StateSince", "LoggedState" = excluded."LoggedState",
            "SettlingReportId" = excluded."SettlingReportId"
        """;

    public static void Add(Statements statements, List<StoredEvidence> rows)
    {
        if (rows.Count == 0) return;
        statements.Add(Put, Column.Of(rows.Select(x => x.Id)), Column.Of(rows.Select(x => x.DeviceId)), Column.Of(rows.Select(x => x.PersonId)),
            Column.Of(rows.Select(x => (string?)x.Line)), Column.Of(rows.Select(x => (string?)x.Act)), Column.Of(rows.Select(x => (string?)x.Target)),
            Column.Of(rows.Select(x => (int)x.State)), Column.Of(rows.Select(x => (int)x.Grade)), Column.Of(rows.Select(x => (string?)x.GradeReason)),
            Column.Of(rows.Select(x => x.Before)), Column.Of(rows.Select(x => (string?)x.After)), Column.Of(rows.Select(x => x.Reason)),
            Column.Of(rows.Select(x => x.BeforeReportId)), Column.Of(rows.Select(x => x.ReportId)), Column.Of(rows.Select(x => x.ChangedAt)),
            Column.Of(rows.Select(x => x.NotedAt)), Column.Of(rows.Select(x => x.StateSince)), Column.Of(rows.Select(x => (int?)x.LoggedState)),
            Column.Of(rows.Select(x => x.SettlingReportId)));
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
        LoggedState = (EvidenceState?)row.SmallOrNull(16),
        SettlingReportId = row.NumberOrNull(17),
    };
}
