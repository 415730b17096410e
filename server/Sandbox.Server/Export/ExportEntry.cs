using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.Live;
using Sandbox.Server.Pki;
using Sandbox.Storage;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Export;

/// <summary>The entry of the log that tells of an export: it is there before there is a file.</summary>
internal sealed class ExportEntry(SandboxDb db, ILogStore log, LogKeys keys, LogBell bell, TimeProvider time)
{
    private IQueryable<LoggedEntry> Erasures => db.LogEntries.Where(x => x.Kind == EntryKind.Erasure);

    /// <summary>Writes it.</summary>
    /// <returns>Its row.</returns>
    public async Task<long> SayAsync(BundleExported said, CancellationToken ct)
    {
        var entry = LoggedEntry.New(
            EntryKind.Export, time.GetUtcNow(), new LogBody { Exported = said },
            said.HasDeviceId ? DeviceId.From(said.DeviceId.ToByteArray()) : null, said.HasPersonId ? LogId.From(said.PersonId) : null, LogId.From(said.Id));
        db.LogEntries.Add(entry);
        await db.SaveChangesAsync(ct);
        bell.Ring();
        return entry.Id;
    }

    /// <summary>Waits for a signed checkpoint that covers it.</summary>
    /// <exception cref="SetupException">None comes.</exception>
    public Task<(LoggedEntry Entry, byte[] Checkpoint)> CoveredAsync(long row, CancellationToken ct) => new CoveringCheckpoint(db, log, keys, time).OfAsync(row, ct);

    /// <summary>How many erasures there are, when all of them have their place: an entry may be shown as erased only beside the one that says so.</summary>
    /// <exception cref="SetupException">One waits for its place and gets none.</exception>
    public async Task<int> ErasuresPlacedAsync(CancellationToken ct)
    {
        for (var began = time.GetTimestamp(); await Erasures.AnyAsync(x => x.LeafIndex == null, ct);)
        {
            bell.Ring();
            if (time.GetElapsedTime(began) > CoveringCheckpoint.LongestWait)
                throw new SetupException("An entry about an erasure waits for its place in the evidence log, and what was erased cannot be shown without it. The server gives places: start it with `sandbox-server run` and look with `sandbox-server log status`, then export again.");
            await Task.Delay(CoveringCheckpoint.LookEvery, time, ct);
        }
        return await ErasuresAsync(ct);
    }

    /// <summary>How many erasures there are, with a place or without.</summary>
    public Task<int> ErasuresAsync(CancellationToken ct) => Erasures.CountAsync(ct);

    /// <summary>What is said when there are more of them than before the entries were read.</summary>
    public static SetupException ErasedMeanwhile() => new("A record was erased while this was being exported. Export again.");
}
