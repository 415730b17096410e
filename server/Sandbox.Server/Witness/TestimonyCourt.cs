using Sandbox.Ledger;
using Sandbox.Server.Pki;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Witness;

/// <summary>Judges what a device showed: only a checkpoint with a valid signature of this log's own key counts.</summary>
internal sealed class TestimonyCourt(ILogStore store, LogKeys keys)
{
    private int _doubts;

    /// <summary>
    /// Rises each time the database was out of reach: another one may answer since, an older copy of it, and what was found before must be asked again.
    /// </summary>
    public int Doubts => Volatile.Read(ref _doubts);

    /// <summary>The database was out of reach.</summary>
    public void Doubt() => Interlocked.Increment(ref _doubts);

    /// <summary>Compares a checkpoint with this log.</summary>
    /// <exception cref="Storage.Telemetry.StoreUnavailableException">The log cannot be read now.</exception>
    /// <exception cref="InvalidDataException">The log's tiles are damaged: nothing can be compared with them.</exception>
    public async Task<Finding> JudgeAsync(byte[] shown, CancellationToken ct)
    {
        try
        {
            var note = SignedNote.Parse(shown);
            var checkpoint = Checkpoint.Parse(note.Text);
            if (checkpoint.Origin != keys.Origin) return new Finding(Testimony.Ignored, $"it is one of {checkpoint.Origin}, and this log is {keys.Origin}");
            return keys.HasSigned(note) ? await CompareAsync(checkpoint, ct) : new Finding(Testimony.Ignored, "no key of this log has signed it: it is forged");
        }
        catch (FormatException fault)
        {
            return new Finding(Testimony.Ignored, $"it is none: {fault.Message}");
        }
    }

    private async Task<Finding> CompareAsync(Checkpoint checkpoint, CancellationToken ct)
    {
        var head = await store.HeadAsync(keys.Origin, ct);
        if (checkpoint.Size > head.Size)
            return new Finding(Testimony.Contradicts, $"a checkpoint of {checkpoint.Size} entries that this log's own key signed, but the log has only {head.Size}");
        var root = await store.RootAtAsync(head, checkpoint.Size, ct);
        return checkpoint.Root.AsSpan().SequenceEqual(root)
            ? new Finding(Testimony.Agrees, "")
            : new Finding(Testimony.Contradicts, $"a checkpoint of {checkpoint.Size} entries that this log's own key signed, but this log's first {checkpoint.Size} entries are others");
    }
}

/// <summary>What a judgement came to.</summary>
/// <param name="Testimony">How it stands to this log.</param>
/// <param name="Words">Why, for people; nothing when it agrees.</param>
internal sealed record Finding(Testimony Testimony, string Words);

/// <summary>How a checkpoint that a device showed stands to this log.</summary>
internal enum Testimony
{
    /// <summary>This log has grown from it.</summary>
    Agrees,

    /// <summary>It says nothing about this log.</summary>
    Ignored,

    /// <summary>This log signed it, and cannot have grown from it.</summary>
    Contradicts,
}
