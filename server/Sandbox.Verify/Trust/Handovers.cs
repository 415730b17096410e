using Sandbox.Ledger;
using Sandbox.Ledger.Bundle;
using Sandbox.Verify.Files;
using Sandbox.Verify.Words;

namespace Sandbox.Verify.Trust;

/// <summary>The checkpoints that two keys of the log signed, through which trust in the one becomes trust in the other.</summary>
internal sealed class Handovers
{
    private readonly List<(string Path, SignedNote Note, Checkpoint Checkpoint)> _all = [];

    /// <summary>Sizes of the trees whose root hashes are needed.</summary>
    public IEnumerable<long> Sizes => _all.Select(one => one.Checkpoint.Size);

    /// <summary>Reads them; nothing is verified.</summary>
    public static async Task<Handovers> ReadAsync(IBundleFiles files, long size, Findings findings, CancellationToken ct)
    {
        var handovers = new Handovers();
        foreach (var path in (files.Paths ?? new HashSet<string>()).Where(path => path.StartsWith(BundlePath.Handovers, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            try
            {
                var bytes = await files.ReadAsync(path, SignedNote.Largest, ct);
                var note = SignedNote.Parse(bytes);
                var checkpoint = Checkpoint.Parse(note.Text);
                if (!note.ToBytes().AsSpan().SequenceEqual(bytes)) throw new FormatException("it is not spelled as signed notes are");
                if (checkpoint.Size > size) throw new FormatException($"it speaks of {checkpoint.Size} entries; the log has {size}");
                handovers._all.Add((path, note, checkpoint));
            }
            catch (Exception fault) when (fault is FormatException or InvalidDataException)
            {
                findings.Fault(path, fault.Message);
            }
        }
        return handovers;
    }

    /// <summary>Checks them all, and follows them from one key.</summary>
    /// <param name="trusted">Text form of the key that an auditor confirmed. Null: none.</param>
    /// <param name="rolls">What the log says of its keys.</param>
    /// <param name="roots">Root hashes of the tree, by size.</param>
    /// <param name="origin">The log's name.</param>
    /// <param name="findings">What is wrong.</param>
    /// <returns>The key to which the trusted one has handed over in the end; itself when it has not.</returns>
    public string? Follow(string? trusted, IReadOnlyList<KeyRoll> rolls, IReadOnlyDictionary<long, byte[]> roots, string origin, Findings findings)
    {
        foreach (var (path, note, checkpoint) in _all.OrderBy(one => one.Checkpoint.Size))
        {
            var roll = rolls.FirstOrDefault(roll => path == BundlePath.Handovers + IdOf(roll.Before));
            if (Fault(note, checkpoint, roll, roots, origin) is { } fault) findings.Fault(path, fault);
            else if (roll!.Before == trusted) trusted = roll.After;
        }
        return trusted;
    }

    private static string? Fault(SignedNote note, Checkpoint checkpoint, KeyRoll? roll, IReadOnlyDictionary<long, byte[]> roots, string origin)
    {
        if (roll is null) return "no disclosed entry says that this key gave way to another";
        if (checkpoint.Origin != origin) return $"it is a checkpoint of {checkpoint.Origin}";
        if (roll.Index >= checkpoint.Size) return $"it does not cover entry {roll.Index}, which says that the key gave way";
        if (!roots.TryGetValue(checkpoint.Size, out var root) || !root.AsSpan().SequenceEqual(checkpoint.Root)) return $"this log did not have that root hash when it had {checkpoint.Size} entries";
        return Unsigned(note, roll.Before) ?? Unsigned(note, roll.After);
    }

    private static string? Unsigned(SignedNote note, string key)
    {
        try
        {
            return note.IsSignedBy(VerifierKey.Parse(key)) ? null : $"it is not signed by {key}";
        }
        catch (FormatException fault)
        {
            return fault.Message;
        }
    }

    private static string IdOf(string key) => key.Split('+') is [_, var id, ..] ? id : "";
}
