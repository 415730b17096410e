using System.Buffers.Binary;
using System.Collections;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Inventory.Sqlite;

/// <summary>
/// The rows of a table in the order of their numbers, one at a time. No page is read twice, since each belongs to one place: so a tree that leads in a
/// circle ends, and a hostile file costs no more than its own length.
/// </summary>
internal sealed class SqliteTable : IDisposable
{
    private const int MostLevels = 20;
    private const int MostOfARow = 64 << 20;
    private readonly SqliteFile _file;
    private readonly BitArray _seen;
    private readonly List<SqlitePage> _levels = [];
    private readonly byte[] _page;
    private readonly PooledBytes _row = new(16 * 1024);
    private int _depth = -1;
    private int _length;

    /// <param name="file">Stays open.</param>
    /// <param name="root">The table's first page.</param>
    public SqliteTable(SqliteFile file, uint root)
    {
        (_file, _seen, _page) = (file, new BitArray(checked((int)file.Pages + 1)), new byte[file.PageBytes]);
        Descend(root);
    }

    /// <summary>The row that <see cref="Next"/> came to; until the next one.</summary>
    public SqliteRow Row => new(Number, _row.Array.AsSpan(0, _length));

    private long Number { get; set; }

    /// <summary>The table of that name. Null: there is none.</summary>
    public static SqliteTable? Open(SqliteFile file, string name)
    {
        if (file.Pages == 0) return null;
        using var tables = new SqliteTable(file, 1);
        // type, name, tbl_name, rootpage, sql.
        while (tables.Next())
            if (tables.Row.Bytes(0).SequenceEqual("table"u8) && SqliteFile.Text(tables.Row.Bytes(1)) == name && tables.Row.Number(3) is > 0 and <= uint.MaxValue and var root)
                return new SqliteTable(file, (uint)root);
        return null;
    }

    /// <summary>Goes to the next row. False: there is none.</summary>
    /// <exception cref="IOException">The table is damaged here.</exception>
    public bool Next()
    {
        while (_depth >= 0)
        {
            var page = _levels[_depth];
            if (page.IsLeaf && page.NextCell() is { IsEmpty: false } cell)
            {
                Take(cell);
                return true;
            }
            if (!page.IsLeaf && page.NextPage() is { } below) Descend(below);
            else _depth--;
        }
        return false;
    }

    public void Dispose() => _row.Dispose();

    private void Descend(uint page)
    {
        if (++_depth == MostLevels) throw Damaged.Because("a tree without an end");
        if (_levels.Count == _depth) _levels.Add(new SqlitePage(_file));
        See(page);
        _levels[_depth].Load(_file, page);
    }

    private void See(uint page)
    {
        if (page == 0 || page > _file.Pages) throw Damaged.Because($"there is no page {page}");
        if (_seen[(int)page]) throw Damaged.Because($"page {page} belongs to two places");
        _seen[(int)page] = true;
    }

    private void Take(ReadOnlySpan<byte> cell)
    {
        var length = SqliteNumber.Take(ref cell);
        Number = SqliteNumber.Take(ref cell);
        if (length is < 0 or > MostOfARow) throw Damaged.Because($"a row of {length} bytes");
        var here = Here(length);
        if (here > cell.Length) throw Damaged.Because("a row that its page has no room for");
        _length = 0;
        Append(cell[..here]);
        if (here == length) return;
        cell = cell[here..];
        TakeRest(length, cell.Length >= 4 ? BinaryPrimitives.ReadUInt32BigEndian(cell) : throw Damaged.Because("a row without its rest"));
    }

    // Bytes of a row that lie in the leaf itself; the format's own arithmetic.
    private int Here(long length)
    {
        var (usable, most) = (_file.UsableBytes, _file.UsableBytes - 35);
        if (length <= most) return (int)length;
        var least = (usable - 12) * 32 / 255 - 23;
        var wanted = least + (int)((length - least) % (usable - 4));
        return wanted <= most ? wanted : least;
    }

    private void TakeRest(long length, uint next)
    {
        while (_length < length)
        {
            See(next);
            _file.Read(next, _page);
            next = BinaryPrimitives.ReadUInt32BigEndian(_page);
            Append(_page.AsSpan(4, (int)Math.Min(length - _length, _file.UsableBytes - 4)));
        }
    }

    // Grows with what is there, not with what a length says.
    private void Append(ReadOnlySpan<byte> bytes)
    {
        while (_row.Array.Length < _length + bytes.Length) _row.Double();
        bytes.CopyTo(_row.Array.AsSpan(_length));
        _length += bytes.Length;
    }
}
