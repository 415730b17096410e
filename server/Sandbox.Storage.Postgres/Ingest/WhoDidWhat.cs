using System.Text;
using Npgsql;
using Sandbox.Evidence;
using Sandbox.Evidence.Attribution;
using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Telemetry;
using static Sandbox.Storage.Postgres.Ingest.Lookups;

namespace Sandbox.Storage.Postgres.Ingest;

/// <summary>Reads what tells who made a change, and who else saw it.</summary>
internal static class WhoDidWhat
{
    private static readonly string ActsOfDevice =
        $"""
        SELECT "Id", "OccurredAt", "ReportId", "Method", "Action", "IsAutomation", "Actor", "RecordCount", "Bytes" FROM "Acts"
        WHERE "DeviceId" = $1 AND "OccurredAt" BETWEEN $2 AND $3 AND "Action" <> {(int)AdminAct.Types.Action.LogIn} ORDER BY "OccurredAt" DESC LIMIT {IIngestStore.MostActs}
        """;

    private const string AllHolders =
        """
        SELECT "PersonId", CASE WHEN "DisplayName" <> '' THEN "DisplayName" ELSE "UserName" END, "AspNetRoles"."Name", "Kind", "Value", "DeviceId", "From", "Until"
        FROM "HeldAccounts" JOIN "AspNetUsers" ON "AspNetUsers"."Id" = "PersonId"
        JOIN "AspNetUserRoles" ON "UserId" = "PersonId" JOIN "AspNetRoles" ON "AspNetRoles"."Id" = "RoleId"
        """;

    private static readonly string Others =
        $"""
        SELECT "Devices"."Name", "OwnerId", CASE WHEN "DisplayName" <> '' THEN "DisplayName" ELSE "UserName" END, "Bytes", "ChangedAt", "ClockOffsetMs", "ReportId"
        FROM "Facts" JOIN "Devices" ON "Devices"."Id" = "DeviceId" JOIN "AspNetUsers" ON "AspNetUsers"."Id" = "OwnerId"
        WHERE "DeviceId" <> $1 AND "OwnerId" <> $2 AND "Kind" = $3 AND position($4 IN "Bytes") > 0 AND "State" = {(int)DeviceState.Active}
        ORDER BY "ReportId" DESC LIMIT {IIngestStore.MostOthers}
        """;

    public static List<StoredAct> Acts(NpgsqlConnection connection, DeviceId device, DateTimeOffset from, DateTimeOffset to) =>
        Ask(connection, ActsOfDevice, [Id(device), Number(UnixMicroseconds.From(from)), Number(UnixMicroseconds.From(to))], row => new StoredAct
        {
            DeviceId = device,
            Id = row.Bytes(0),
            OccurredAt = row.Instant(1),
            ReportId = row.GetInt64(2),
            Method = (AdminAct.Types.Method)row.GetInt32(3),
            Action = (AdminAct.Types.Action)row.GetInt32(4),
            IsAutomation = row.GetBoolean(5),
            Actor = row.TextOrNull(6),
            RecordCount = row.GetInt32(7),
            Bytes = row.Bytes(8),
        });

    // An empty text is at the beginning of every fact.
    public static List<OthersFact> FactsOfOthers(NpgsqlConnection connection, DeviceId device, Guid person, Fact.KindOneofCase kind, string text) =>
        Ask(connection, Others, [Id(device), new() { Value = person }, Number((int)kind), new() { Value = Encoding.UTF8.GetBytes(text) }], row => new OthersFact(
            row.GetString(0), row.GetGuid(1), row.GetString(2), Fact.Parser.ParseFrom(row.Bytes(3)), Instant.SetRight(row.Instant(4), TimeSpan.FromMilliseconds(row.NumberOrNull(5) ?? 0)), row.GetInt64(6)));

    public static List<AccountHolder> Holders(NpgsqlConnection connection) =>
        Ask(connection, AllHolders, [], row => new AccountHolder(row.GetGuid(0), row.GetString(1), row.GetString(2), (HolderKind)row.GetInt32(3), row.GetString(4))
        {
            Device = row.DeviceOrNull(5),
            From = row.Instant(6),
            Until = row.InstantOrNull(7),
        });
}
