using Sandbox.Ledger;
using Sandbox.Ledger.Bundle;
using Sandbox.Verify.Entries;
using Sandbox.Verify.Files;
using Sandbox.Verify.Tree;
using Sandbox.Verify.Trust;
using Sandbox.Verify.Words;

namespace Sandbox.Verify;

/// <summary>Verifies a bundle, a folder of tiles or a log that is served, from its checkpoint down to each disclosed entry.</summary>
/// <param name="source">What it is called.</param>
/// <param name="open">Opens its files.</param>
/// <param name="settings">What a person said.</param>
/// <param name="known">What this machine remembers.</param>
internal sealed class Verification(string source, Func<IBundleFiles> open, VerifySettings settings, KnownLogs known)
{
    // Far above what any lab logs; nothing is added up beyond it.
    private const long MostLeaves = 1L << 40;

    private readonly Findings _findings = new();

    /// <summary>Does it.</summary>
    /// <param name="progress">Is told which part of the leaves is done.</param>
    /// <param name="shown">Is handed each disclosed entry besides. Null: nobody wants them.</param>
    /// <param name="ct">Ends the reading.</param>
    /// <exception cref="SetupException">It cannot be read at all.</exception>
    public async Task<Report> RunAsync(IProgress<(long Done, long Size)> progress, IEntryCheck? shown, CancellationToken ct)
    {
        using var files = open();
        if (await NoteAsync(files, ct) is not { } note) return Report();
        var checkpoint = Checkpoint.Parse(note.Text);
        var saved = known.Of(checkpoint.Origin);
        var handovers = await Handovers.ReadAsync(files, checkpoint.Size, _findings, ct);
        var bundle = await OpenedBundle.OpenAsync(files, checkpoint.Size, shown, _findings, ct);
        var pass = new TreePass(open, checkpoint.Size, [.. handovers.Sizes, saved?.Size ?? 0], _findings);
        if (await pass.RunAsync(files, (index, leaf) => bundle.Walk.TakeAsync(index, leaf, ct), new Part(progress, checkpoint.Size), ct)) await bundle.Walk.EndAsync(checkpoint.Size, ct);
        if (pass.Roots.GetValueOrDefault(checkpoint.Size) is { } root && !root.AsSpan().SequenceEqual(checkpoint.Root)) _findings.Fault(BundlePath.Checkpoint, $"its root hash is not that of the {checkpoint.Size} leaves: leaves were altered, removed, added or put into another order");

        var continues = settings.Remembers && saved is not null && Continues(saved, checkpoint, pass.Roots) ? new Earlier(saved.Size, saved.SavedAt) : null;
        var successor = handovers.Follow(saved?.Key, bundle.Rolls.All, pass.Roots, checkpoint.Origin, _findings);
        var key = KeyTrust.Judge(note, checkpoint.Origin, settings.Key, saved?.Key, successor, await ClaimedKey.FindAsync(files, note, ct), _findings);
        var witnesses = Testimony.Hear(note, checkpoint.Origin, settings.Witnesses, [.. (saved?.Witnesses ?? []).Select(WitnessVerifierKey.Parse)], bundle.Walk.Times.Latest, _findings);
        return Report() with { Origin = checkpoint.Origin, Size = checkpoint.Size, Root = checkpoint.Root, Key = key, Witnesses = witnesses, Shows = bundle.Shows, Continues = continues };
    }

    private Report Report() => new() { Source = source, FaultCount = _findings.FaultCount, RemarkCount = _findings.RemarkCount, Faults = _findings.Faults, Remarks = _findings.Remarks };

    // Null: it is none, which is a fault.
    private async Task<SignedNote?> NoteAsync(IBundleFiles files, CancellationToken ct)
    {
        try
        {
            var bytes = await files.ReadAsync(BundlePath.Checkpoint, SignedNote.Largest, ct);
            var note = SignedNote.Parse(bytes);
            if (!note.ToBytes().AsSpan().SequenceEqual(bytes)) throw new FormatException("It is not spelled as signed notes are.");
            if (Checkpoint.Parse(note.Text) is { Size: > MostLeaves } checkpoint) throw new FormatException($"It speaks of {checkpoint.Size} entries, more than any log has.");
            return note;
        }
        catch (Exception fault) when (fault is FormatException or InvalidDataException)
        {
            _findings.Fault(BundlePath.Checkpoint, $"{fault.Message.TrimEnd('.')}: nothing else could be checked");
            return null;
        }
    }

    private bool Continues(SavedLog saved, Checkpoint checkpoint, IReadOnlyDictionary<long, byte[]> roots)
    {
        if (checkpoint.Size < saved.Size && saved.Proved.FirstOrDefault(one => one.Size == checkpoint.Size && one.Root.AsSpan().SequenceEqual(checkpoint.Root)) is { } before)
            _findings.Remark(BundlePath.Checkpoint, $"this machine proved this very state on {before.At:u}; since then it saw the log with {saved.Size} entries, which this cannot show");
        else if (checkpoint.Size < saved.Size)
            _findings.Fault(BundlePath.Checkpoint, $"it has {checkpoint.Size} entries, but on {saved.SavedAt:u} this machine saw {saved.Size}: the log was rolled back, or this was made earlier. If you mean to verify what was made earlier, type: --no-remember");
        else if (!roots.TryGetValue(saved.Size, out var root)) return false;
        else if (root.AsSpan().SequenceEqual(saved.Root)) return true;
        else _findings.Fault(BundlePath.Checkpoint, $"its first {saved.Size} entries are others than those that this machine saw on {saved.SavedAt:u}, under the same name: the log's history was rewritten");
        return false;
    }

    private sealed class Part(IProgress<(long Done, long Size)> progress, long size) : IProgress<long>
    {
        public void Report(long value) => progress.Report((value, size));
    }
}
