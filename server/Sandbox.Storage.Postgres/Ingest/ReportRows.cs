using Npgsql;
using NpgsqlTypes;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Storage.Postgres.Ingest;

/// <summary>Writes reports: binary COPY, the fastest way into PostgreSQL.</summary>
internal static class ReportRows
{
    private const string Copy =
        """COPY "Reports" ("Id", "DeviceId", "Epoch", "Sequence", "CollectedAt", "ReceivedAt", "Bytes", "Signature") FROM STDIN (FORMAT BINARY)""";

    public static void Write(NpgsqlConnection connection, IEnumerable<StoredReport> reports)
    {
        using var copy = connection.BeginBinaryImport(Copy);
        foreach (var report in reports)
        {
            copy.StartRow();
            copy.Write(report.Id, NpgsqlDbType.Bigint);
            copy.Write(report.DeviceId.ToBytes(), NpgsqlDbType.Bytea);
            copy.Write(report.Epoch, NpgsqlDbType.Bytea);
            copy.Write(report.Sequence, NpgsqlDbType.Bigint);
            copy.Write(UnixMicroseconds.From(report.CollectedAt), NpgsqlDbType.Bigint);
            copy.Write(UnixMicroseconds.From(report.ReceivedAt), NpgsqlDbType.Bigint);
            copy.Write(report.Bytes, NpgsqlDbType.Bytea);
            if (report.Signature is null) copy.WriteNull();
            else copy.Write(report.Signature, NpgsqlDbType.Bytea);
        }
        copy.Complete();
    }
}
