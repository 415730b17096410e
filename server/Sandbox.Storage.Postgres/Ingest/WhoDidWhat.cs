using Npgsql;
using Sandbox.Evidence.Attribution;
using Sandbox.Protocol;
using Sandbox.Storage.Telemetry;
using static Sandbox.Storage.Postgres.Ingest.Lookups;

namespace Sandbox.Storage.Postgres.Ingest;

/// <summary>Reads what tells who made a change.</summary>
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

    public static List<AccountHolder> Holders(NpgsqlConnection connection) =>
        Ask(connection, AllHolders, [], row => new AccountHolder(row.GetGuid(0), row.GetString(1), row.GetString(2), (HolderKind)row.GetInt32(3), row.GetString(4))
        {
            Device = row.DeviceOrNull(5),
            From = row.Instant(6),
            Until = row.InstantOrNull(7),
        });
}
