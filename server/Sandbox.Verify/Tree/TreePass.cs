using Sandbox.Ledger;
using Sandbox.Verify.Files;
using Sandbox.Verify.Words;

namespace Sandbox.Verify.Tree;

/// <summary>
/// Makes the whole tree anew from the leaves, and holds every tile against it. The root hashes of older trees come along on the way: to know
/// that the log only grew since a checkpoint, no proof is needed by who has all leaves.
/// </summary>
/// <param name="open">Opens the files; the leaves are read beside the tiles.</param>
/// <param name="size">Leaves.</param>
/// <param name="milestones">Sizes at which the root is wanted, besides the full one.</param>
/// <param name="findings">What is wrong.</param>
internal sealed class TreePass(Func<IBundleFiles> open, long size, IEnumerable<long> milestones, Findings findings)
{
    private readonly RightEdge _edge = new();
    private readonly HashSet<long> _milestones = [.. milestones.Where(milestone => milestone <= size), size];
    private readonly Dictionary<long, byte[]> _roots = [];

    /// <summary>Root hashes by size: of each milestone and of the whole. Those that were not reached are missing.</summary>
    public IReadOnlyDictionary<long, byte[]> Roots => _roots;

    /// <summary>Reads the leaves in order and hands each on.</summary>
    /// <param name="files">Where the tiles are.</param>
    /// <param name="leaf">Is handed each index and leaf; null: it is no leaf of ours, which is said already.</param>
    /// <param name="progress">Is told how many leaves are done.</param>
    /// <param name="ct">Ends the reading.</param>
    /// <returns>Whether the last leaf was reached.</returns>
    public async Task<bool> RunAsync(IBundleFiles files, Func<long, LogEntry?, ValueTask> leaf, IProgress<long> progress, CancellationToken ct)
    {
        Note(0);
        using var leaves = open();
        await foreach (var (path, reading) in PageReader.ReadAsync(leaves, size, ct))
        {
            if (await PageAsync(path, reading) is not { } page) return false;
            for (var i = 0; i < page.Leaves.Count; i++)
            {
                _edge.Append(page.Hashes.AsSpan(i * MerkleHash.Length, MerkleHash.Length));
                Note(page.First + i + 1);
                await leaf(page.First + i, page.Leaves[i]);
            }
            foreach (var tile in _edge.TakeFull()) await CompareAsync(files, tile, ct);
            progress.Report(page.First + page.Leaves.Count);
        }
        foreach (var tile in _edge.Changed) await CompareAsync(files, tile, ct);
        return true;
    }

    private void Note(long count)
    {
        if (_milestones.Contains(count)) _roots[count] = _edge.Root();
    }

    private async Task<Page?> PageAsync(TilePath path, Task<Page> reading)
    {
        try
        {
            var page = await reading;
            foreach (var (index, fault) in page.Faults) findings.Fault(index, $"this is no leaf of the log: {fault}");
            foreach (var (index, kind) in page.Unknown) findings.Remark(index, $"it is of the kind '{kind}', which this sandbox-verify does not know: it stands in the tree as it was signed, and what it says was not looked at. Is there a newer sandbox-verify?");
            return page;
        }
        catch (InvalidDataException fault)
        {
            findings.Fault(path.ToString(), $"{fault.Message}; what comes after it was not checked");
            return null;
        }
    }

    private async Task CompareAsync(IBundleFiles files, Tile tile, CancellationToken ct)
    {
        var path = new TilePath(tile.Level, tile.Index, tile.Hashes.Length / MerkleHash.Length).ToString();
        try
        {
            var found = await files.ReadAsync(path, tile.Hashes.Length, ct);
            if (found.AsSpan().SequenceEqual(tile.Hashes)) return;
            findings.Fault(path, found.Length == tile.Hashes.Length
                ? $"hash {found.AsSpan().CommonPrefixLength(tile.Hashes) / MerkleHash.Length} of it is not what the leaves below it give"
                : $"it has {found.Length} bytes instead of {tile.Hashes.Length}");
        }
        catch (InvalidDataException fault)
        {
            findings.Fault(path, fault.Message);
        }
    }
}
