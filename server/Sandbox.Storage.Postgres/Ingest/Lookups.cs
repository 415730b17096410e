using Npgsql;
using NpgsqlTypes;
using Sandbox.Protocol;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Storage.Postgres.Ingest;

/// <summary>What the ingest looks up now and then.</summary>
internal static class Lookups
{
    // By row, and the device is looked at row by row: reports of one device that follow each other lie close together.
    private static readonly string OfDevice =
        $"""
        SELECT "Id", "Epoch", "Sequence", "CollectedAt", "ReceivedAt", "Bytes", "Signature" FROM "Reports"
        WHERE "Id" >= $2 AND "Id" < $2 + {IIngestStore.Reach} AND "DeviceId" = $1 ORDER BY "Id" LIMIT $3
        """;

    private const string ById =
        """SELECT "Id", "Epoch", "Sequence", "CollectedAt", "ReceivedAt", "Bytes", "Signature", "DeviceId" FROM "Reports" WHERE "Id" = $1""";

    private static readonly string Hardware =
        $"""
        SELECT "DeviceId", "OwnerId", "EnrolledAt", "ReplacedBy", "HardwareNames"."Name" FROM "HardwareNames" JOIN "Devices" ON "Id" = "DeviceId"
        WHERE "DeviceId" IN (SELECT "DeviceId" FROM "HardwareNames" WHERE "Name" = ANY($2)) AND "DeviceId" <> $1 ORDER BY "EnrolledAt" LIMIT {IIngestStore.MostNames}
        """;

    private static readonly string Due =
        $"""SELECT "Id" FROM "Devices" WHERE "JudgeAt" <= $1 AND "State" = {(int)DeviceState.Active} ORDER BY "JudgeAt" LIMIT $2""";

    public static IReadOnlyList<StoredReport> Reports(NpgsqlConnection connection, DeviceId device, long firstId, int most) =>
        Ask(connection, OfDevice, [Id(device), Number(firstId), Number(most)], row => Stored(row, device));

    public static StoredReport? Report(NpgsqlConnection connection, long id) => Ask(connection, ById, [Number(id)], row => Stored(row, row.Device(7))).SingleOrDefault();

    public static IReadOnlyList<NamedMachine> OthersWithHardware(NpgsqlConnection connection, DeviceId device, IReadOnlyCollection<string> names) =>
        NamedMachine.Joined(Ask(connection, Hardware, [Id(device), Column.Keys(names)],
            row => new NamedMachine(row.Device(0), row.GetGuid(1), row.Instant(2), row.DeviceOrNull(3), new HashSet<string> { row.GetString(4) })));

    public static IReadOnlyList<DeviceId> DueForJudgement(NpgsqlConnection connection, DateTimeOffset now, int most) =>
        Ask(connection, Due, [Number(UnixMicroseconds.From(now)), Number(most)], row => row.Device(0));

    private static StoredReport Stored(NpgsqlDataReader row, DeviceId device) => new()
    {
        Id = row.GetInt64(0),
        DeviceId = device,
        Epoch = row.Bytes(1),
        Sequence = row.GetInt64(2),
        CollectedAt = row.Instant(3),
        ReceivedAt = row.Instant(4),
        Bytes = row.Bytes(5),
        Signature = row.BytesOrNull(6),
    };

    internal static List<T> Ask<T>(NpgsqlConnection connection, string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, T> read)
    {
        using var statements = new Statements(connection).Add(sql, parameters);
        using var rows = statements.Read();
        return rows.Rest(read);
    }

    internal static NpgsqlParameter Id(DeviceId device) => new() { NpgsqlDbType = NpgsqlDbType.Bytea, Value = device.ToBytes() };

    internal static NpgsqlParameter Number(long value) => new() { NpgsqlDbType = NpgsqlDbType.Bigint, Value = value };
}
