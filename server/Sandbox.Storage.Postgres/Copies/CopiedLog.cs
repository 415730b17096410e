using Sandbox.Ledger;
using Sandbox.Storage.Log;

namespace Sandbox.Storage.Postgres.Copies;

/// <summary>The evidence log as it lies in the files of a copy: no database is needed to read it.</summary>
internal sealed class CopiedLog(CopiedTables tables, string folder) : IReadableLog, IDisposable
{
    /// <summary>The table of its entries.</summary>
    public const string Entries = "LogEntries";

    private Rows? _entries;

    // Some 32 bytes for each entry of the log.
    private Dictionary<(int Level, long Index), byte[]?>? _tiles;

    /// <inheritdoc/>
    public Task<LogHead?> HeadAsync(CancellationToken ct)
    {
        using var head = Open("LogHeads");
        return Task.FromResult(!head.Read() ? null : new LogHead
        {
            Origin = System.Text.Encoding.UTF8.GetString(head.Bytes("Origin") ?? []),
            Size = head.Number("Size") ?? 0,
            Root = head.Bytes("Root") ?? [],
            Checkpoint = head.Bytes("Checkpoint"),
            CheckpointSize = head.Number("CheckpointSize") ?? 0,
        });
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ReadEntry>> EntriesAsync(long first, int count, CancellationToken ct)
    {
        var rows = _entries ??= Open(Entries);
        var read = new List<ReadEntry>(count);
        while (read.Count < count && rows.Read())
            if (rows.Number("LeafIndex") is { } place) read.Add(new ReadEntry(place, (EntryKind)(rows.Number("Kind") ?? 0), rows.Bytes("Leaf") ?? [], rows.Bytes("Salt"), rows.Bytes("Body")));
        return Task.FromResult<IReadOnlyList<ReadEntry>>(read);
    }

    /// <inheritdoc/>
    public Task<byte[]?> TileAsync(int level, long index, CancellationToken ct) => Task.FromResult((_tiles ??= Tiles()).GetValueOrDefault((level, index)));

    /// <inheritdoc/>
    public Task<IReadOnlyList<byte[]>> ErasuresFromAsync(long place, CancellationToken ct)
    {
        using var rows = Open(Entries);
        var bodies = new List<byte[]>();
        while (rows.Read())
            if ((rows.Number("LeafIndex") ?? long.MaxValue) >= place && rows.Number("Kind") == (long)EntryKind.Erasure && rows.Bytes("Body") is { } body) bodies.Add(body);
        return Task.FromResult<IReadOnlyList<byte[]>>(bodies);
    }

    /// <inheritdoc/>
    public void Dispose() => _entries?.Dispose();

    private Dictionary<(int Level, long Index), byte[]?> Tiles()
    {
        var tiles = new Dictionary<(int Level, long Index), byte[]?>();
        using var rows = Open("LogTiles");
        while (rows.Read()) tiles[((int)(rows.Number("Level") ?? 0), rows.Number("Index") ?? 0)] = rows.Bytes("Hashes");
        return tiles;
    }

    private Rows Open(string table) => new(tables.Tables.FirstOrDefault(x => x.Name == table) ?? throw new InvalidDataException($"the copy has no table {table}"), folder);

    /// <summary>Rows whose fields are asked for by name.</summary>
    private sealed class Rows(CopiedTable table, string folder) : IDisposable
    {
        private readonly CopiedRows _rows = new(table.File(folder), table.Columns.Count);
        private bool _over;

        public bool Read() => !_over && !(_over = !_rows.Read());

        public long? Number(string column) => _rows.Number(Column(column));

        public byte[]? Bytes(string column) => _rows.Bytes(Column(column));

        public void Dispose() => _rows.Dispose();

        private int Column(string name) => table.Columns.ToList().IndexOf(name) is >= 0 and var at ? at : throw new InvalidDataException($"{table.Name} has no column {name} in the copy");
    }
}
