using Npgsql;
using Sandbox.Protocol;

namespace Sandbox.Storage.Postgres.Ingest;

/// <summary>What stands in a column of the present row.</summary>
internal static class Row
{
    extension(NpgsqlDataReader row)
    {
        public byte[] Bytes(int column) => row.GetFieldValue<byte[]>(column);

        public byte[]? BytesOrNull(int column) => row.IsDBNull(column) ? null : row.Bytes(column);

        public string? TextOrNull(int column) => row.IsDBNull(column) ? null : row.GetString(column);

        public long? NumberOrNull(int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

        public int? SmallOrNull(int column) => row.IsDBNull(column) ? null : row.GetInt32(column);

        public DateTimeOffset Instant(int column) => UnixMicroseconds.To(row.GetInt64(column));

        public DateTimeOffset? InstantOrNull(int column) => row.IsDBNull(column) ? null : row.Instant(column);

        public Guid? GuidOrNull(int column) => row.IsDBNull(column) ? null : row.GetGuid(column);

        public DeviceId Device(int column) => DeviceId.From(row.Bytes(column));

        public DeviceId? DeviceOrNull(int column) => row.IsDBNull(column) ? null : row.Device(column);

        /// <summary>The rest of the present result, row by row; then the next result is at hand.</summary>
        public List<T> Rest<T>(Func<NpgsqlDataReader, T> read)
        {
            var rows = new List<T>();
            while (row.Read()) rows.Add(read(row));
            row.NextResult();
            return rows;
        }
    }
}
