using System.Buffers.Binary;

namespace Sandbox.Agent.Inventory.Sqlite;

/// <summary>One row: types of its columns, then their values ("record format" in SQLite's documentation).</summary>
/// <param name="key">The row's number, which a column of type INTEGER PRIMARY KEY stands for.</param>
/// <param name="record">The bytes.</param>
internal readonly ref struct SqliteRow(long key, ReadOnlySpan<byte> record)
{
    private readonly ReadOnlySpan<byte> _record = record;

    /// <summary>The row's number.</summary>
    public long Key { get; } = key;

    /// <summary>A text or blob; empty when it is something else, or when the row is shorter.</summary>
    /// <param name="column">From 0.</param>
    public ReadOnlySpan<byte> Bytes(int column) => Find(column, out var value) >= 12 ? value : default;

    /// <summary>A whole number. Null: it is something else, or the row is shorter.</summary>
    /// <param name="column">From 0.</param>
    public long? Number(int column) => Find(column, out var value) switch
    {
        1 => (sbyte)value[0],
        2 => BinaryPrimitives.ReadInt16BigEndian(value),
        3 => ((sbyte)value[0] << 16) | (value[1] << 8) | value[2],
        4 => BinaryPrimitives.ReadInt32BigEndian(value),
        5 => ((long)BinaryPrimitives.ReadInt16BigEndian(value) << 32) | BinaryPrimitives.ReadUInt32BigEndian(value[2..]),
        6 => BinaryPrimitives.ReadInt64BigEndian(value),
        8 => 0,
        9 => 1,
        _ => null,
    };

    // Returns the type: 0 (null) when there is no such column.
    private long Find(int column, out ReadOnlySpan<byte> value)
    {
        value = default;
        var types = _record;
        var header = SqliteNumber.Take(ref types);
        var taken = _record.Length - types.Length;
        if (header < taken || header > _record.Length) throw Damaged.Because("a row with a header longer than itself");
        types = types[..(int)(header - taken)];
        var values = _record[(int)header..];
        while (!types.IsEmpty)
        {
            var type = SqliteNumber.Take(ref types);
            var length = Length(type);
            if (length < 0 || length > values.Length) throw Damaged.Because("a column longer than its row");
            value = values[..(int)length];
            values = values[(int)length..];
            if (column-- == 0) return type;
        }
        value = default;
        return 0;
    }

    private static long Length(long type) => type switch
    {
        >= 12 => (type - 12) / 2,
        >= 0 and <= 4 => type,
        5 => 6,
        6 or 7 => 8,
        8 or 9 => 0,
        _ => throw Damaged.Because($"a column of type {type}"),
    };
}
