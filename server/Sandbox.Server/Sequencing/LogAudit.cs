using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;
using Sandbox.Server.Pki;
using Sandbox.Storage;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Sequencing;

/// <summary>Reads the whole log again: the tree is made anew from the leaves and compared with what is stored.</summary>
internal sealed class LogAudit(ILogStore store, SandboxDb db, LogKeys keys)
{
    private const int Page = Tile.Width;
    private const int MostFaults = 100;

    private readonly List<string> _faults = [];
    private readonly Dictionary<(int Level, long Index), byte[]> _edge = [];
    private long _tiles, _erased;

    /// <summary>Does it.</summary>
    public async Task<Audited> RunAsync(CancellationToken ct)
    {
        var head = await store.HeadAsync(keys.Origin, ct);
        var tree = new TreeGrowth(0, MerkleHash.EmptyRoot, []);
        while (tree.Size < head.Size && _faults.Count < MostFaults)
        {
            var entries = await PageAsync(tree.Size, Math.Min(Page, head.Size - tree.Size), ct);
            if (entries.Count == 0) break;
            tree = await GrowAsync(tree, entries, ct);
        }
        foreach (var ((level, index), hashes) in _edge) await CompareTileAsync(new Tile(level, index, hashes), ct);
        if (tree.Size == head.Size && !tree.Root.AsSpan().SequenceEqual(head.Root)) Add($"the root of {head.Size} entries is {Convert.ToHexStringLower(tree.Root)}, but {Convert.ToHexStringLower(head.Root)} is stored");
        await CompareCheckpointAsync(head, ct);
        return new Audited(tree.Size, _tiles, _erased, _faults);
    }

    private async Task<List<LoggedEntry>> PageAsync(long first, long count, CancellationToken ct)
    {
        var entries = await db.LogEntries.AsNoTracking().Where(entry => entry.LeafIndex >= first && entry.LeafIndex < first + count).OrderBy(entry => entry.LeafIndex).ToListAsync(ct);
        for (var i = 0; i < count; i++)
        {
            if (i < entries.Count && entries[i].LeafIndex == first + i) continue;
            Add($"entry {first + i} is gone; what comes after it cannot be compared");
            return entries[..i];
        }
        return entries;
    }

    private async Task<TreeGrowth> GrowAsync(TreeGrowth tree, List<LoggedEntry> entries, CancellationToken ct)
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

    private void CheckBody(LoggedEntry entry)
    {
        try
        {
            var leaf = LogEntry.Parse(entry.Leaf);
            if (leaf.Kind != entry.Kind) Add($"entry {entry.LeafIndex} is listed as {entry.Kind}, but its leaf says {leaf.Kind}");
            if (entry.Salt is null || entry.Body is null) _erased++;
            else if (!LogEntry.Commit(entry.Salt, entry.Body).AsSpan().SequenceEqual(leaf.Commitment)) Add($"the body of entry {entry.LeafIndex} is not the one to which its leaf commits");
        }
        catch (FormatException fault)
        {
            Add($"the leaf of entry {entry.LeafIndex} cannot be read: {fault.Message}");
        }
    }

    private async Task CompareTileAsync(Tile tile, CancellationToken ct)
    {
        _tiles++;
        var stored = await store.TileAsync(tile.Level, tile.Index, ct);
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
            if (!keys.HasSigned(note)) Add($"the checkpoint of {checkpoint.Size} entries bears no valid signature of this log's keys");
            var root = await new TreeReader(checkpoint.Size, store.TileAsync).RootAsync(ct);
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
