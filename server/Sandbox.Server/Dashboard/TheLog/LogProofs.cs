using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;
using Sandbox.Server.Dashboard.Words;
using Sandbox.Storage;
using Sandbox.Storage.Log;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Dashboard.TheLog;

/// <summary>
/// Checks entries against the newest checkpoint as a stranger would: the signature, the way from the leaf to the root, and the content
/// against the leaf. What cannot be checked is said so and never shown as good.
/// </summary>
internal sealed class LogProofs(SandboxDb db, ILogStore store, LogVerifiers verifiers)
{
    /// <summary>Checks each of them, in the same order.</summary>
    public async Task<IReadOnlyList<Inclusion>> CheckAsync(IEnumerable<LoggedEntry> entries, CancellationToken ct)
    {
        var head = await db.LogHeads.AsNoTracking().SingleOrDefaultAsync(ct);
        var checkpoint = Read(head, out var signed);
        var tree = checkpoint is null ? null : new TreeReader(checkpoint.Size, store.TileAsync);
        var proofs = new List<Inclusion>();
        foreach (var entry in entries)
        {
            var tile = checkpoint is null ? null : Tile(entry, checkpoint.Size);
            var (tone, words) = (entry.LeafIndex, checkpoint) switch
            {
                (null, _) => (Tone.Unknown, "waits for its place in the log"),
                (_, null) => (Tone.Unknown, "has its place; no checkpoint that can be read was published yet"),
                var (index, read) when index >= read.Size => (Tone.Unknown, "has its place; the next checkpoint will hold it"),
                _ when !signed => (Tone.Bad, "the newest checkpoint does not bear a valid signature of this log's key"),
                _ => await InTreeAsync(entry, checkpoint, tree!, head!, ct),
            };
            proofs.Add(new Inclusion(entry, tone, words, tile));
        }

        return proofs;
    }

    private static async Task<(Tone Tone, string Words)> InTreeAsync(LoggedEntry entry, Checkpoint checkpoint, TreeReader tree, LogHead head, CancellationToken ct)
    {
        try
        {
            if (!FitsItsLeaf(entry)) return (Tone.Bad, "what lies beside the leaf is not what the leaf commits to");
            var index = entry.LeafIndex!.Value;
            var path = await tree.InclusionAsync(index, ct);
            return MerkleProof.IsIncluded(MerkleHash.Leaf(entry.Leaf), index, checkpoint.Size, checkpoint.Root, path)
                ? (Tone.Good, $"included in the checkpoint of size {checkpoint.Size}{(head.PublishedAt is { } at ? $", signed {Ages.Full(at)}" : "")}: checked over {path.Count} {(path.Count == 1 ? "hash" : "hashes")}")
                : (Tone.Bad, $"NOT included in the checkpoint of size {checkpoint.Size}: the tree or the entry was changed");
        }
        catch (InvalidDataException damage)
        {
            return (Tone.Bad, $"cannot be proved: {damage.Message}");
        }
        catch (StoreUnavailableException)
        {
            return (Tone.Warn, "could not be checked now: the database does not answer");
        }
    }

    private Checkpoint? Read(LogHead? head, out bool signed)
    {
        signed = false;
        if (head?.Checkpoint is not { } bytes) return null;
        try
        {
            var note = SignedNote.Parse(bytes);
            signed = verifiers.Keys.Any(note.IsSignedBy);
            return Checkpoint.Parse(note.Text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    // What was erased cannot be compared any more; the leaf itself still can.
    private static bool FitsItsLeaf(LoggedEntry entry)
    {
        if (entry.Salt is not { } salt || entry.Body is not { } body) return true;
        try
        {
            return LogEntry.Parse(entry.Leaf).Commitment.AsSpan().SequenceEqual(LogEntry.Commit(salt, body));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static string? Tile(LoggedEntry entry, long size)
    {
        if (entry.LeafIndex is not { } index || index >= size) return null;
        var tile = index / Ledger.Tile.Width;
        return $"/log/{new TilePath(null, tile, (int)Math.Min(Ledger.Tile.Width, size - (tile * Ledger.Tile.Width)))}";
    }
}
