using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;
using Sandbox.Server.Pki;
using Sandbox.Storage;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Export;

/// <summary>Waits for a signed checkpoint below which an entry stands, and for what witnesses say of it.</summary>
internal sealed class CoveringCheckpoint(SandboxDb db, ILogStore log, LogKeys keys, TimeProvider time)
{
    /// <summary>How long a checkpoint is waited for. It comes within a second while a server runs.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>How long it is waited for the witnesses' cosignatures of it. Without them a bundle proves order and no time.</summary>
    public static readonly TimeSpan WitnessWait = TimeSpan.FromSeconds(5);

    /// <summary>Time between two looks.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>The entry with its place, and the checkpoint with the cosignatures that came in time.</summary>
    /// <param name="entry">Row of the entry.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="SetupException">The log is halted, or no checkpoint comes.</exception>
    public async Task<(LoggedEntry Entry, byte[] Checkpoint)> OfAsync(long entry, CancellationToken ct)
    {
        var (logged, note) = await SignedAsync(entry, ct);
        for (var began = time.GetTimestamp(); ;)
        {
            var (lines, awaited) = await CosignaturesAsync(note, ct);
            if (!awaited || time.GetElapsedTime(began) >= WitnessWait) return (logged, note.With(lines).ToBytes());
            await Task.Delay(LookEvery, time, ct);
            // A log that has grown meanwhile is cosigned as it is now.
            (logged, note) = await SignedAsync(entry, ct);
        }
    }

    private async Task<(LoggedEntry Entry, SignedNote Note)> SignedAsync(long entry, CancellationToken ct)
    {
        for (var began = time.GetTimestamp(); ;)
        {
            var (logged, head) = (await db.LogEntries.AsNoTracking().SingleAsync(x => x.Id == entry, ct), await log.HeadAsync(keys.Origin, ct));
            if (head.HaltedAt is not null) throw new SetupException($"The evidence log is halted, so no checkpoint covers this export: {head.HaltReason}");
            if (head.Checkpoint is { } note && logged.LeafIndex < head.CheckpointSize) return (logged, SignedNote.Parse(note));
            if (time.GetElapsedTime(began) > LongestWait)
                throw new SetupException($"No checkpoint came within {LongestWait.TotalSeconds:0} seconds. The server signs them: start it with `sandbox-server run` and look with `sandbox-server log status`, then export again.");
            await Task.Delay(LookEvery, time, ct);
        }
    }

    // Awaited: a witness that answers has not cosigned this one yet.
    private async Task<(List<NoteSignature> Lines, bool Awaited)> CosignaturesAsync(SignedNote note, CancellationToken ct)
    {
        var (lines, awaited) = (new List<NoteSignature>(), false);
        foreach (var witness in await db.LogWitnesses.AsNoTracking().OrderBy(x => x.Name).ToListAsync(ct))
        {
            var line = witness.Cosignature is { } said ? NoteSignature.Parse(said) : null;
            if (line is not null && WitnessVerifierKey.Parse(witness.VerifierKey).Of(note with { Signatures = [line] }) is not null) lines.Add(line);
            else awaited |= witness.Trouble is null;
        }
        return (lines, awaited);
    }
}
