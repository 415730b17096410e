using System.Buffers.Binary;

namespace Sandbox.Agent.Inventory.Sqlite;

/// <summary>A page of a table's b-tree: pointers to cells, and in the cells either rows or further pages.</summary>
internal sealed class SqlitePage
{
    private const byte Inner = 5, Leaf = 13;
    private readonly byte[] _bytes;
    private readonly int _usable;
    private int _pointers;
    private int _cells;
    private int _next;

    public SqlitePage(SqliteFile file) => (_bytes, _usable) = (new byte[file.PageBytes], file.UsableBytes);

    /// <summary>Rows lie here; else pages.</summary>
    public bool IsLeaf { get; private set; }

    /// <summary>Takes another page's place.</summary>
    /// <exception cref="IOException">It is no page of a table.</exception>
    public void Load(SqliteFile file, uint page)
    {
        file.Read(page, _bytes);
        // Before the first page's own content stands the header of the file.
        var start = page == 1 ? 100 : 0;
        IsLeaf = _bytes[start] == Leaf;
        if (!IsLeaf && _bytes[start] != Inner) throw Damaged.Because($"page {page} is none of a table");
        (_pointers, _next, _cells) = (start + (IsLeaf ? 8 : 12), 0, Word(start + 3));
        if (_pointers + 2 * _cells > _usable) throw Damaged.Because($"page {page} holds {_cells} rows");
    }

    /// <summary>The next cell of a leaf, up to the end of the page. Empty: there is none.</summary>
    public ReadOnlySpan<byte> NextCell() => _next < _cells ? At(_pointers + 2 * _next++) : default;

    /// <summary>The next page below an inner one. Null: there is none.</summary>
    public uint? NextPage()
    {
        if (_next > _cells) return null;
        // The last one stands in the page's own header.
        var bytes = _next == _cells ? _bytes.AsSpan(_pointers - 4) : At(_pointers + 2 * _next);
        _next++;
        return bytes.Length >= 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : throw Damaged.Because("a cell without its page");
    }

    private ReadOnlySpan<byte> At(int pointer)
    {
        var at = Word(pointer);
        return at >= _pointers && at < _usable ? _bytes.AsSpan(at, _usable - at) : throw Damaged.Because("a cell outside of its page");
    }

    private int Word(int at) => BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(at));
}
