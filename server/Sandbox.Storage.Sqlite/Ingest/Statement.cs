using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Sandbox.Storage.Sqlite.Ingest;

/// <summary>
/// A prepared statement, used again and again on one connection. It talks to SQLite itself: ADO.NET would box every value, copy every blob
/// and poll a locked database, which costs more than the insert.
/// </summary>
internal sealed class Statement(sqlite3 db, string sql) : IDisposable
{
    private readonly sqlite3_stmt _statement = Prepare(db, sql);
    private int _next = 1;

    /// <summary>Binds the next parameter.</summary>
    public Statement Add(long value) => Bound(raw.sqlite3_bind_int64(_statement, _next, value));

    /// <inheritdoc cref="Add(long)"/>
    public Statement Add(long? value) => value is { } number ? Add(number) : Bound(raw.sqlite3_bind_null(_statement, _next));

    /// <inheritdoc cref="Add(long)"/>
    public Statement Add(ReadOnlySpan<byte> value) => Bound(raw.sqlite3_bind_blob(_statement, _next, value));

    /// <inheritdoc cref="Add(long)"/>
    public Statement Add(byte[]? value) => value is null ? Bound(raw.sqlite3_bind_null(_statement, _next)) : Add(value.AsSpan());

    /// <inheritdoc cref="Add(long)"/>
    public Statement Add(string? value) =>
        Bound(value is null ? raw.sqlite3_bind_null(_statement, _next) : raw.sqlite3_bind_text(_statement, _next, StorableText.Of(value)));

    /// <inheritdoc cref="Add(long)"/>
    public Statement Add(Protocol.DeviceId value)
    {
        Span<byte> bytes = stackalloc byte[Protocol.DeviceId.Length];
        value.CopyTo(bytes);
        return Add((ReadOnlySpan<byte>)bytes);
    }

    /// <inheritdoc cref="Add(long)"/>
    public Statement Add(Protocol.DeviceId? value) => value is { } device ? Add(device) : Bound(raw.sqlite3_bind_null(_statement, _next));

    /// <inheritdoc cref="Add(long)"/>
    public Statement Add(Guid value) => Add(value.ToString("D").ToUpperInvariant()); // as EF Core writes it

    /// <inheritdoc cref="Add(long)"/>
    public Statement Add(Guid? value) => value is { } id ? Add(id) : Bound(raw.sqlite3_bind_null(_statement, _next));

    /// <inheritdoc cref="Add(long)"/>
    public Statement Add(DateTimeOffset value) => Add(UnixMicroseconds.From(value));

    /// <inheritdoc cref="Add(long)"/>
    public Statement Add(DateTimeOffset? value) => Add(value is { } instant ? UnixMicroseconds.From(instant) : (long?)null);

    /// <summary>Runs it to its end; answers how many rows it changed.</summary>
    public int Run()
    {
        while (Step()) { }
        return raw.sqlite3_changes(db);
    }

    /// <summary>Moves to the next row; at the end, or at a fault, the statement is ready to be bound again.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW) return true;
        Reset();
        return code == raw.SQLITE_DONE ? false : throw Fault(code);
    }

    /// <summary>Leaves the remaining rows.</summary>
    public void Reset()
    {
        raw.sqlite3_reset(_statement);
        _next = 1;
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long Number(int column) => raw.sqlite3_column_int64(_statement, column);

    public long? NumberOrNull(int column) => IsNull(column) ? null : Number(column);

    public DateTimeOffset Instant(int column) => UnixMicroseconds.To(Number(column));

    public DateTimeOffset? InstantOrNull(int column) => IsNull(column) ? null : Instant(column);

    /// <summary>The blob of the present row; gone after the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_statement, column);

    public byte[]? BytesOrNull(int column) => IsNull(column) ? null : Blob(column).ToArray();

    public Protocol.DeviceId Device(int column) => Protocol.DeviceId.From(Blob(column));

    public Protocol.DeviceId? DeviceOrNull(int column) => IsNull(column) ? null : Device(column);

    public Guid Guid(int column) => System.Guid.Parse(Text(column));

    public Guid? GuidOrNull(int column) => IsNull(column) ? null : Guid(column);

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public void Dispose() => _statement.Dispose();

    private static sqlite3_stmt Prepare(sqlite3 db, string sql)
    {
        var code = raw.sqlite3_prepare_v3(db, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement);
        return code == raw.SQLITE_OK ? statement : throw new SqliteException(raw.sqlite3_errmsg(db).utf8_to_string(), code & 0xff, code);
    }

    private Statement Bound(int code)
    {
        if (code == raw.SQLITE_OK)
        {
            _next++;
            return this;
        }
        Reset();
        throw Fault(code);
    }

    private SqliteException Fault(int code) => new(raw.sqlite3_errmsg(db).utf8_to_string(), code & 0xff, code);
}
