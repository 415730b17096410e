using Sandbox.Storage.Devices;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Storage.Postgres.Ingest;

/// <summary>Writes what a stream learns of the device itself: one new version of its row, and the names of its hardware.</summary>
internal static class DeviceRows
{
    private static readonly string Learn =
        $"""
        UPDATE "Devices" SET
            "LastSeenAt" = coalesce(learnt.seen, "LastSeenAt"),
            "JudgeAt" = CASE WHEN "JudgeAt" IS NULL OR "JudgeAt" > learnt.judge OR "JudgeAt" <= learnt.told THEN coalesce(learnt.judge, "JudgeAt") ELSE "JudgeAt" END,
            "State" = CASE WHEN learnt.proof IS NULL THEN "State" ELSE {(int)DeviceState.Quarantined} END,
            "StateReason" = coalesce(learnt.proof, "StateReason"),
            "StateChangedAt" = CASE WHEN learnt.proof IS NULL THEN "StateChangedAt" ELSE learnt.now END
        FROM unnest($1, $2, $3, $4, $5, $6) AS learnt (device, seen, judge, proof, now, told) WHERE "Id" = learnt.device
        """;

    private const string Named = """INSERT INTO "HardwareNames" ("DeviceId", "Name") SELECT * FROM unnest($1, $2) ON CONFLICT DO NOTHING""";

    public static void Add(Statements statements, IReadOnlyList<StreamWrites> streams, DateTimeOffset now)
    {
        List<StreamWrites> learnt = [.. streams.Where(x => x.SeenAt is not null || x.JudgeAt is not null || x.CloneProof is not null)];
        AddHardware(statements, [.. streams.SelectMany(stream => stream.HardwareNames, (stream, name) => (stream.Device, name))]);
        if (learnt.Count == 0) return;
        statements.Add(Learn, Column.Of(learnt.Select(x => x.Device)), Column.Of(learnt.Select(x => x.SeenAt)),
            Column.Of(learnt.Select(x => x.JudgeAt)), Column.Of(learnt.Select(x => x.CloneProof)), Column.Of(learnt.Select(_ => now)), Column.Of(learnt.Select(x => x.ToldAt)));
    }

    private static void AddHardware(Statements statements, List<(Protocol.DeviceId Device, string Name)> names)
    {
        if (names.Count > 0) statements.Add(Named, Column.Of(names.Select(x => x.Device)), Column.Keys(names.Select(x => x.Name)));
    }
}
