using Npgsql;
using Sandbox.Evidence;
using Sandbox.Protocol;

namespace Sandbox.Storage.Postgres.Ingest;

/// <summary>Reads what people say of devices: three questions on one way.</summary>
internal static class PeoplesWord
{
    private const string Role = """SELECT "Role" FROM "Devices" WHERE "Id" = $1 AND "Role" IS NOT NULL""";

    private const string Groups = """SELECT "Group" FROM "DeviceGroups" WHERE "DeviceId" = $1""";

    private const string Marks = """SELECT "Account", "Since", "Reason", "DeviceId" IS NULL FROM "CompromiseMarks" WHERE "WithdrawnAt" IS NULL AND ("DeviceId" IS NULL OR "DeviceId" = $1)""";

    public static AboutDevice Of(NpgsqlConnection connection, DeviceId device)
    {
        using var statements = new Statements(connection).Add(Role, Lookups.Id(device)).Add(Groups, Lookups.Id(device)).Add(Marks, Lookups.Id(device));
        using var rows = statements.Read();
        return new AboutDevice
        {
            Device = device.ToString(),
            Role = rows.Rest(row => (DeviceRole?)row.GetInt32(0)).FirstOrDefault(),
            Groups = rows.Rest(row => row.GetString(0)).ToHashSet(StringComparer.Ordinal),
            Marks = rows.Rest(row => new CompromiseMark(row.GetString(0), row.GetFieldValue<DateOnly>(1), row.GetString(2), row.GetBoolean(3))),
        };
    }
}
