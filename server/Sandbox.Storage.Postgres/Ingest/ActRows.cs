using Npgsql;
using NpgsqlTypes;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Storage.Postgres.Ingest;

/// <summary>Writes what was done on devices.</summary>
internal static class ActRows
{
    private const string Put =
        """
        INSERT INTO "Acts" AS known ("DeviceId", "Id", "OccurredAt", "ReportId", "Method", "Action", "IsAutomation", "Actor", "RecordCount", "Bytes")
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT ("DeviceId", "Id") DO UPDATE SET
            "OccurredAt" = excluded."OccurredAt", "ReportId" = excluded."ReportId", "Method" = excluded."Method", "Action" = excluded."Action",
            "IsAutomation" = excluded."IsAutomation", "Actor" = excluded."Actor", "RecordCount" = excluded."RecordCount", "Bytes" = excluded."Bytes"
        WHERE excluded."RecordCount" > known."RecordCount"
        """;

    private const string Drop = """DELETE FROM "Acts" USING unnest($1, $2) AS gone (device, id) WHERE "DeviceId" = gone.device AND "Id" = gone.id""";

    public static void Add(Statements statements, IReadOnlyList<StreamWrites> streams)
    {
        List<(Protocol.DeviceId Device, byte[]? Id)> gone = [.. streams.SelectMany(stream => stream.Acts.Replaced, (stream, id) => (stream.Device, (byte[]?)id))];
        if (gone.Count > 0) statements.Add(Drop, Column.Of(gone.Select(x => x.Device)), Column.Of(gone.Select(x => x.Id)));
        List<StoredAct> acts = [.. streams.SelectMany(stream => stream.Acts.Rows)];
        if (acts.Count == 0) return;
        statements.Add(Put, Column.Of(acts.Select(x => x.DeviceId)), Column.Of(acts.Select(x => (byte[]?)x.Id)), Column.Of(acts.Select(x => x.OccurredAt)),
            Column.Of(acts.Select(x => x.ReportId)), Column.Of(acts.Select(x => (int)x.Method)), Column.Of(acts.Select(x => (int)x.Action)),
            new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Boolean, Value = acts.Select(x => x.IsAutomation).ToArray() },
            Column.Of(acts.Select(x => x.Actor)), Column.Of(acts.Select(x => x.RecordCount)), Column.Of(acts.Select(x => (byte[]?)x.Bytes)));
    }
}
