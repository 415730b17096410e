using System.Buffers.Binary;

namespace Sandbox.Storage.Postgres.Copies;

/// <summary>
/// Reads the rows of a file in the binary format of COPY, one after the other
/// (https://www.postgresql.org/docs/current/sql-copy.html): a head, then for each row the number of fields, each with its length.
/// </summary>
internal sealed class CopiedRows : IDisposable
{
    private const int BufferSize = 128 * 1024;
    private const int LongestField = 1 << 30;
    private const short End = -1;
    private static readonly byte[] Head = [.. "PGCOPY\n"u8, 0xff, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];

    private readonly FileStream _file;
    private readonly string _name;
    private readonly (int Start, int Length)[] _fields;
    private byte[] _row = new byte[4096];

    /// <summary>Opens a file.</summary>
    /// <exception cref="InvalidDataException">It is missing, or in another format.</exception>
    public CopiedRows(string path, int columns)
    {
        _name = Path.GetFileName(path);
        _fields = new (int, int)[columns];
        _file = File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize) : throw new InvalidDataException($"{_name} is missing");
        Span<byte> head = stackalloc byte[Head.Length];
        if (_file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.SequenceEqual(Head)) return;
        _file.Dispose();
        throw new InvalidDataException($"{_name} holds no rows of PostgreSQL");
    }

    /// <summary>Goes to the next row. False: there is none.</summary>
    /// <exception cref="InvalidDataException">The file ends in the middle of one, or is damaged.</exception>
    public bool Read()
    {
        var fields = BinaryPrimitives.ReadInt16BigEndian(Take(2, 0));
        if (fields == End && _file.ReadByte() == -1) return false;
        if (fields != _fields.Length) throw Damaged();
        var end = 0;
        for (var i = 0; i < _fields.Length; i++)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(Take(4, end));
            if (length is < -1 or > LongestField) throw Damaged();
            if (length > 0) Take(length, end);
            _fields[i] = (end, length);
            end += Math.Max(0, length);
        }
        return true;
    }

    /// <summary>A field of the present row, as bytes. Null: NULL.</summary>
    public byte[]? Bytes(int column) => _fields[column] is { Length: >= 0 } field ? _row[field.Start..(field.Start + field.Length)] : null;

    /// <summary>A field of the type integer or bigint. Null: NULL.</summary>
    public long? Number(int column) => Bytes(column) switch
    {
        null => null,
        { Length: 4 } four => BinaryPrimitives.ReadInt32BigEndian(four),
        { Length: 8 } eight => BinaryPrimitives.ReadInt64BigEndian(eight),
        _ => throw Damaged(),
    };

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private Span<byte> Take(int count, int at)
    {
        if (_row.Length < at + count) Array.Resize(ref _row, Math.Max(at + count, 2 * _row.Length));
        var into = _row.AsSpan(at, count);
        return _file.ReadAtLeast(into, count, throwOnEndOfStream: false) == count ? into : throw new InvalidDataException($"{_name} ends in the middle of a row");
    }

    private InvalidDataException Damaged() => new($"{_name} is damaged");
}
