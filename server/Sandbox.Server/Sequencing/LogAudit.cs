using Sandbox.Ledger;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Sequencing;

/// <summary>Reads the whole log again: the tree is made anew from the leaves and compared with what is stored.</summary>
/// <param name="log">The log.</param>
/// <param name="keys">Whose signature its checkpoint may bear.</param>
internal sealed class LogAudit(IReadableLog log, IReadOnlyList<VerifierKey> keys)
{
    private const int Page = Tile.Width;
    private const int MostFaults = 100;

    private readonly List<string> _faults = [];
    private readonly Dictionary<(int Level, long Index), byte[]> _edge = [];
    private readonly ErasuresSaid _erasures = new();
    private long _tiles, _erased;

    /// <summary>Does it.</summary>
    public async Task<Audited> RunAsync(CancellationToken ct)
    {
        var head = await log.HeadAsync(ct);
        if (head is null) return new Audited(0, 0, 0, []);
        var tree = new TreeGrowth(0, MerkleHash.EmptyRoot, []);
        while (tree.Size < head.Size && _faults.Count < MostFaults)
        {
            var entries = await PageAsync(tree.Size, (int)Math.Min(Page, head.Size - tree.Size), ct);
            if (entries.Count == 0) break;
            tree = await GrowAsync(tree, entries, ct);
        }
        if (tree.Size == head.Size) await CompareErasuresAsync(head.Size, ct);
        foreach (var ((level, index), hashes) in _edge) await CompareTileAsync(new Tile(level, index, hashes), ct);
        if (tree.Size == head.Size && !tree.Root.AsSpan().SequenceEqual(head.Root)) Add($"the root of {head.Size} entries is {Convert.ToHexStringLower(tree.Root)}, but {Convert.ToHexStringLower(head.Root)} is stored");
        await CompareCheckpointAsync(head, ct);
        return new Audited(tree.Size, _tiles, _erased, _faults);
    }

    private async Task<IReadOnlyList<ReadEntry>> PageAsync(long first, int count, CancellationToken ct)
    {
        var entries = await log.EntriesAsync(first, count, ct);
        for (var i = 0; i < count; i++)
        {
            if (i < entries.Count && entries[i].Place == first + i) continue;
            Add($"entry {first + i} is gone; what comes after it cannot be compared");
            return [.. entries.Take(i)];
        }
        return entries;
    }

    private async Task<TreeGrowth> GrowAsync(TreeGrowth tree, IReadOnlyList<ReadEntry> entries, CancellationToken ct)
    {
        foreach (var entry in entries) CheckBody(entry);
        var growth = await TreeGrowth.AppendAsync(tree.Size, tree.Root, (level, index, _) => Task.FromResult(_edge.GetValueOrDefault((level, index))), entries.Select(entry => entry.Leaf), ct);
        foreach (var tile in growth.Tiles)
        {
            _edge[(tile.Level, tile.Index)] = tile.Hashes;
            if (tile.Hashes.Length < Tile.Width * MerkleHash.Length) continue;
            await CompareTileAsync(tile, ct);
            _edge.Remove((tile.Level, tile.Index));
        }
        return growth;
    }

    private void CheckBody(ReadEntry entry)
    {
        try
        {
            var leaf = LogEntry.Parse(entry.Leaf);
            if (leaf.Kind == EntryKind.Erasure && entry.Body is { } body) _erasures.Said(entry.Place, body);
            if (entry.Salt is not null && entry.Body is not null) _erasures.Whole(entry.Place, leaf);
            if (leaf.Kind != entry.Kind) Add($"entry {entry.Place} is listed as {entry.Kind}, but its leaf says {leaf.Kind}");
            if (entry.Salt is null || entry.Body is null) Erased(entry.Place, leaf);
            else if (!LogEntry.Commit(entry.Salt, entry.Body).AsSpan().SequenceEqual(leaf.Commitment)) Add($"the body of entry {entry.Place} is not the one to which its leaf commits");
        }
        catch (FormatException fault)
        {
            Add($"the leaf of entry {entry.Place} cannot be read: {fault.Message}");
        }
    }

    private void Erased(long place, LogEntry leaf)
    {
        _erased++;
        _erasures.Erased(place, leaf);
    }

    private async Task CompareErasuresAsync(long size, CancellationToken ct)
    {
        foreach (var (first, last) in _erasures.LeftOut().Take(MostFaults)) Add($"{Are(first, last)} left out of an erasure of the same person that stands further on");
        // Beside a running server an erasure may have been committed since, and its entry waits for a place or got one behind what was read.
        if (_erasures.Unsaid().Any())
            foreach (var body in await log.ErasuresFromAsync(size, ct)) _erasures.Said(long.MaxValue, body);
        foreach (var fault in _erasures.Faults) Add(fault);
        foreach (var (first, last) in _erasures.Unsaid().Take(MostFaults)) Add($"{Are(first, last)} erased, but no entry of the log says so");
    }

    private static string Are(long first, long last) => first == last ? $"entry {first} is" : $"the entries {first} to {last} are";

    private async Task CompareTileAsync(Tile tile, CancellationToken ct)
    {
        _tiles++;
        var stored = await log.TileAsync(tile.Level, tile.Index, ct);
        var path = new TilePath(tile.Level, tile.Index);
        if (stored is null) Add($"{path} is gone");
        else if (FirstDifference(stored, tile) is { } place) Add($"{path} differs from the leaves from its hash {place} on");
    }

    // The tiles were compared with the leaves before: what they say of an older size is what the leaves say.
    private async Task CompareCheckpointAsync(LogHead head, CancellationToken ct)
    {
        if (head.Checkpoint is null) return;
        try
        {
            var note = SignedNote.Parse(head.Checkpoint);
            var checkpoint = Checkpoint.Parse(note.Text);
            if (!keys.Any(note.IsSignedBy)) Add($"the checkpoint of {checkpoint.Size} entries bears no valid signature of this log's keys");
            var root = await new TreeReader(checkpoint.Size, log.TileAsync).RootAsync(ct);
            if (!checkpoint.Root.AsSpan().SequenceEqual(root)) Add($"the checkpoint of {checkpoint.Size} entries does not have the root of the leaves");
        }
        catch (FormatException fault)
        {
            Add($"the checkpoint cannot be read: {fault.Message}");
        }
        catch (InvalidDataException fault)
        {
            Add($"the checkpoint cannot be compared: {fault.Message}");
        }
    }

    // Beside a running server a tile may have grown since the head was read.
    private static int? FirstDifference(byte[] stored, Tile tile)
    {
        var common = stored.AsSpan().CommonPrefixLength(tile.Hashes);
        return common == tile.Hashes.Length ? null : common / MerkleHash.Length;
    }

    private void Add(string fault) => _faults.Add(fault);
}

/// <summary>What was read.</summary>
/// <param name="Entries">Entries whose place in the tree was computed anew.</param>
/// <param name="Tiles">Tiles that were compared.</param>
/// <param name="Erased">Entries whose body was erased.</param>
/// <param name="Faults">What is wrong, and where.</param>
internal sealed record Audited(long Entries, long Tiles, long Erased, IReadOnlyList<string> Faults);
