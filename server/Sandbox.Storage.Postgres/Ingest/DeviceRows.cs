using Sandbox.Storage.Devices;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Storage.Postgres.Ingest;

/// <summary>Writes what a stream learns of the device itself: one new version of its row.</summary>
internal static class DeviceRows
{
    private static readonly string Learn =
        $"""
        UPDATE "Devices" SET
            "LastSeenAt" = coalesce(learnt.seen, "LastSeenAt"), "JudgeAt" = coalesce(learnt.judge, "JudgeAt"), "HardwareId" = coalesce(learnt.hardware, "HardwareId"),
            "State" = CASE WHEN learnt.proof IS NULL THEN "State" ELSE {(int)DeviceState.Quarantined} END,
            "StateReason" = coalesce(learnt.proof, "StateReason"),
            "StateChangedAt" = CASE WHEN learnt.proof IS NULL THEN "StateChangedAt" ELSE learnt.now END
        FROM unnest($1, $2, $3, $4, $5, $6) AS learnt (device, seen, judge, hardware, proof, now) WHERE "Id" = learnt.device
        """;

    public static void Add(Statements statements, IReadOnlyList<StreamWrites> streams, DateTimeOffset now)
    {
        List<StreamWrites> learnt = [.. streams.Where(x => x.Serial is not null || x.JudgeAt is not null || x.HardwareId is not null || x.CloneProof is not null)];
        if (learnt.Count == 0) return;
        statements.Add(Learn, Column.Of(learnt.Select(x => x.Device)), Column.Of(learnt.Select(x => x.Serial is null ? null : (DateTimeOffset?)now)),
            Column.Of(learnt.Select(x => x.JudgeAt)), Column.Of(learnt.Select(x => x.HardwareId is { } id ? StorableText.Key(id) : null)),
            Column.Of(learnt.Select(x => x.CloneProof)), Column.Of(learnt.Select(_ => now)));
    }
}
