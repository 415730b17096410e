using Npgsql;
using NpgsqlTypes;
using Sandbox.Evidence;
using Sandbox.Protocol;
using Sandbox.Storage.Findings;
using Sandbox.Storage.People;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Storage.Postgres.Ingest;

/// <summary>Reads what the ingest has to know of a device: seven questions on one way.</summary>
internal static class DeviceReader
{
    private const string Mark = """SELECT "LastSequence", "LastHash" FROM "Epochs" WHERE "DeviceId" = $1 AND "Id" = $2""";

    private const string Facts = """SELECT "Kind", "ReportId", "ChangedAt", "VerifiedAt", "Bytes" FROM "Facts" WHERE "DeviceId" = $1""";

    private const string Findings =
        """
        SELECT "Rule", "Subject", "Verdict", "Severity", "Expected", "Observed", "Reason", "Since", "LastVerified", "ReportId", "Policy", "LongestGapMs"
        FROM "Findings" WHERE "DeviceId" = $1
        """;

    private static readonly string Gaps =
        $"""
        SELECT "FirstSequence", "LastSequence", "NoticedAt" FROM "Gaps"
        WHERE "DeviceId" = $1 AND "Epoch" = $2 AND "Cause" = 0 AND "FirstSequence" IS NOT NULL ORDER BY "Id" DESC LIMIT {DeviceRecord.MostUnexplained}
        """;

    private const string Device =
        $"""
        SELECT "OwnerId", "EnrolledAt", "PublicKey", "Session", "LastSeenAt", EXISTS (
            SELECT 1 FROM "AspNetUserRoles" JOIN "AspNetRoles" ON "AspNetRoles"."Id" = "RoleId" WHERE "UserId" = "OwnerId" AND "Name" = '{Roles.Apprentice}'), "PreviousPublicKey",
            "ClockOffsetMs"
        FROM "Devices" WHERE "Id" = $1
        """;

    private const string Hardware = """SELECT "Name" FROM "HardwareNames" WHERE "DeviceId" = $1""";

    public static DeviceRecord Read(NpgsqlConnection connection, DeviceId device, byte[] epoch)
    {
        using var statements = new Statements(connection)
            .Add(Mark, Bytes(device.ToBytes()), Bytes(epoch))
            .Add(Facts, Bytes(device.ToBytes()))
            .Add(Findings, Bytes(device.ToBytes()))
            .Add(Gaps, Bytes(device.ToBytes()), Bytes(epoch))
            .Add(EvidenceRows.OfDevice, Bytes(device.ToBytes()))
            .Add(Hardware, Bytes(device.ToBytes()))
            .Add(Device, Bytes(device.ToBytes()));
        using var rows = statements.Read();
        var (sequence, hash) = rows.Rest(row => (row.GetInt64(0), row.BytesOrNull(1))).SingleOrDefault();
        var facts = rows.Rest(row => Fact(row, device));
        var findings = rows.Rest(row => Finding(row, device));
        var gaps = rows.Rest(row => Gap(row, device, epoch));
        var evidence = rows.Rest(row => EvidenceRows.Read(row, device));
        var record = new DeviceRecord(sequence, hash, facts, findings, gaps) { Evidence = evidence, HardwareNames = rows.Rest(row => row.GetString(0)) };
        return rows.Rest(row => WithDevice(row, record)).SingleOrDefault(record);
    }

    private static NpgsqlParameter Bytes(byte[] value) => new() { NpgsqlDbType = NpgsqlDbType.Bytea, Value = value };

    private static StoredFact Fact(NpgsqlDataReader row, DeviceId device) => new()
    {
        DeviceId = device,
        Kind = row.GetInt32(0),
        ReportId = row.GetInt64(1),
        ChangedAt = row.Instant(2),
        VerifiedAt = row.Instant(3),
        Bytes = row.Bytes(4),
    };

    private static StoredFinding Finding(NpgsqlDataReader row, DeviceId device) => new()
    {
        DeviceId = device,
        Rule = row.GetString(0),
        Subject = row.GetString(1),
        Verdict = (Verdict)row.GetInt32(2),
        Severity = (Severity)row.GetInt32(3),
        Expected = row.GetString(4),
        Observed = row.TextOrNull(5),
        Reason = row.TextOrNull(6),
        Since = row.Instant(7),
        LastVerified = row.InstantOrNull(8),
        ReportId = row.NumberOrNull(9),
        Policy = row.GetString(10),
        LongestGapMs = row.NumberOrNull(11),
    };

    private static ReportGap Gap(NpgsqlDataReader row, DeviceId device, byte[] epoch) => new()
    {
        DeviceId = device,
        Epoch = epoch,
        FirstSequence = row.GetInt64(0),
        LastSequence = row.GetInt64(1),
        NoticedAt = row.Instant(2),
    };

    private static DeviceRecord WithDevice(NpgsqlDataReader row, DeviceRecord record) => record with
    {
        OwnerId = row.GetGuid(0),
        EnrolledAt = row.Instant(1),
        PublicKey = row.Bytes(2),
        Session = row.GetInt64(3),
        LastSeenAt = row.InstantOrNull(4),
        OwnerIsApprentice = row.GetBoolean(5),
        PreviousPublicKey = row.BytesOrNull(6),
        ClockOffset = row.NumberOrNull(7) is { } offset ? TimeSpan.FromMilliseconds(offset) : null,
    };
}
