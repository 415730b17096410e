using Sandbox.Ledger;

namespace Sandbox.Server.Cosigning;

/// <summary>
/// Cosigns checkpoints of logs that are witnessed, one at a time: what was cosigned last is compared, and what is cosigned now is on the disk before it is
/// answered. So no two histories of one log are ever cosigned, whatever is killed in between.
/// </summary>
internal sealed partial class CheckpointDesk(WitnessedLogs logs, WitnessKey key, TimeProvider time, ILogger<CheckpointDesk> logger) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Answers a request as C2SP tlog-witness says.</summary>
    /// <exception cref="SetupException">The witness's files are damaged.</exception>
    public async Task<WitnessReply> AddAsync(byte[] request, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            var asked = AddCheckpoint.Parse(request);
            var note = SignedNote.Parse(asked.Checkpoint);
            return Answer(asked, note, Checkpoint.Parse(note.Text));
        }
        catch (FormatException fault)
        {
            return WitnessReply.BadRequest(fault.Message);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private WitnessReply Answer(AddCheckpoint asked, SignedNote note, Checkpoint checkpoint)
    {
        if (logs.Find(checkpoint.Origin) is not { } log) return WitnessReply.UnknownLog(checkpoint.Origin);
        if (!log.Keys.Any(note.IsSignedBy)) return WitnessReply.UnknownKey(checkpoint.Origin);
        if (asked.Old > checkpoint.Size) return WitnessReply.BadRequest($"A log of {checkpoint.Size} entries has not grown from {asked.Old}.");
        var cosigned = log.Cosigned;
        var last = cosigned is null ? new Checkpoint(checkpoint.Origin, 0, MerkleHash.EmptyRoot) : Checkpoint.Parse(cosigned.Text);
        if (cosigned is not null && ChargeOf(last, checkpoint) is { } charge) Hold(log, charge, cosigned, note);
        if (asked.Old != last.Size || (checkpoint.Size == last.Size && !IsSame(last, checkpoint))) return WitnessReply.OtherSize(last.Size);
        if (MerkleProof.IsConsistent(last.Size, last.Root, checkpoint.Size, checkpoint.Root, asked.Proof)) return Cosign(log, note, checkpoint.Size > last.Size);
        if (cosigned is not null) Hold(log, Charge.Unproved, cosigned, note);
        return WitnessReply.Unproved(last.Size, checkpoint.Size);
    }

    private WitnessReply Cosign(WitnessedLog log, SignedNote note, bool hasGrown)
    {
        var line = key.Cosign(note.Text, time.GetUtcNow());
        // Lines of others are not ours to vouch for.
        var signed = note with { Signatures = [.. note.Signatures.Where(signature => log.Keys.Any((note with { Signatures = [signature] }).IsSignedBy))] };
        log.Keep(signed.With([line]));
        if (hasGrown) log.Evidence(Charge.Smaller).Drop();
        if (log.Evidence(Charge.Unproved).Is(note)) log.Evidence(Charge.Unproved).Drop();
        return WitnessReply.Cosigned(line);
    }

    private void Hold(WitnessedLog log, Charge charge, SignedNote cosigned, SignedNote shown)
    {
        var words = Words(charge, Checkpoint.Parse(cosigned.Text).Size, Checkpoint.Parse(shown.Text).Size);
        if (log.Evidence(charge).Keep(cosigned, shown, $"{time.GetUtcNow().UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'}: {words}")) Charged(log.Origin, words);
    }

    private static Charge? ChargeOf(Checkpoint last, Checkpoint now)
    {
        if (now.Size < last.Size) return Charge.Smaller;
        return now.Size == last.Size && !IsSame(last, now) ? Charge.Fork : null;
    }

    private static bool IsSame(Checkpoint one, Checkpoint other) => one.Root.AsSpan().SequenceEqual(other.Root);

    private static string Words(Charge charge, long cosigned, long shown) => charge switch
    {
        Charge.Fork => $"the log's own key signed two checkpoints of {shown} entries with different roots: it has two histories.",
        Charge.Unproved => $"the log's own key signed a checkpoint of {shown} entries, and nobody proved that it has grown from the {cosigned} that were cosigned.",
        _ => $"the log's own key signed a checkpoint of {shown} entries that was sent after {cosigned} were cosigned: the log went back, or somebody sent an old one again.",
    };

    [LoggerMessage(3700, LogLevel.Critical, "Held against {Origin}: {Words} Look with: sandbox-server witness list")]
    private partial void Charged(string origin, string words);
}
