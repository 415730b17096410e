using Npgsql;
using NpgsqlTypes;
using Sandbox.Protocol;

namespace Sandbox.Storage.Postgres.Ingest;

/// <summary>A column of many rows as one parameter, an array that the statement takes apart with unnest().</summary>
internal static class Column
{
    public static NpgsqlParameter Of(IEnumerable<long> values) => Array(NpgsqlDbType.Bigint, values.ToArray());

    public static NpgsqlParameter Of(IEnumerable<long?> values) => Array(NpgsqlDbType.Bigint, values.ToArray());

    public static NpgsqlParameter Of(IEnumerable<int> values) => Array(NpgsqlDbType.Integer, values.ToArray());

    public static NpgsqlParameter Of(IEnumerable<int?> values) => Array(NpgsqlDbType.Integer, values.ToArray());

    public static NpgsqlParameter Of(IEnumerable<byte[]?> values) => Array(NpgsqlDbType.Bytea, values.ToArray());

    public static NpgsqlParameter Of(IEnumerable<Guid> values) => Array(NpgsqlDbType.Uuid, values.ToArray());

    public static NpgsqlParameter Of(IEnumerable<Guid?> values) => Array(NpgsqlDbType.Uuid, values.ToArray());

    public static NpgsqlParameter Of(IEnumerable<DeviceId> values) => Of(values.Select(id => id.ToBytes()));

    public static NpgsqlParameter Of(IEnumerable<DeviceId?> values) => Of(values.Select(id => id?.ToBytes()));

    public static NpgsqlParameter Of(IEnumerable<DateTimeOffset> values) => Of(values.Select(UnixMicroseconds.From));

    public static NpgsqlParameter Of(IEnumerable<DateTimeOffset?> values) => Of(values.Select(at => at is { } instant ? UnixMicroseconds.From(instant) : (long?)null));

    public static NpgsqlParameter Of(IEnumerable<string?> values) =>
        Array(NpgsqlDbType.Text, values.Select(text => text is null ? null : StorableText.Of(text)).ToArray());

    /// <summary>Text that stands in a key.</summary>
    public static NpgsqlParameter Keys(IEnumerable<string> values) => Array(NpgsqlDbType.Text, values.Select(StorableText.Key).ToArray());

    private static NpgsqlParameter Array(NpgsqlDbType of, System.Array values) => new() { NpgsqlDbType = NpgsqlDbType.Array | of, Value = values };
}
