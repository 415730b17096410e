using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Server.Devices;
using Sandbox.Storage;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Ingest;

/// <summary>
/// Looks at each hello for proof that the device's identity is in two places. Other addresses, a restart or a new spool are none; what a single
/// machine does not do is proof.
/// </summary>
internal sealed partial class CloneCheck(IDbContextFactory<SandboxDb> store, Quarantine quarantine, TimeProvider time, ILogger<CloneCheck> logger)
{
    // What was under way when the older certificate came is no sign of life of the newer one.
    private static readonly TimeSpan UnderWay = TimeSpan.FromSeconds(10);

    /// <summary>Looks at a hello that was let in; with proof, the device is quarantined and its stream closed.</summary>
    /// <returns>From where it came, and from where the device came before.</returns>
    public async Task<Copies> LookAsync(DeviceId device, Hello hello, CancellationToken ct)
    {
        try
        {
            await using var db = await store.CreateDbContextAsync(ct);
            var sightings = await SightingsAsync(db, device, ct);
            var copies = Copies.Of(sightings);
            if (await ProofAsync(db, device, hello, sightings, copies, ct) is { } proof) await quarantine.BeginAsync(device, proof, ct);
            return copies;
        }
        catch (Exception fault) when (fault is DbException or DbUpdateException)
        {
            NotChecked(device, fault.Message);
            return Copies.Unknown;
        }
    }

    /// <summary>
    /// A hello under a superseded certificate. Once is no proof: a machine that was set back has no other. When it comes again, and its successor
    /// was used in between, there are two.
    /// </summary>
    /// <returns>Why it is turned away.</returns>
    public async Task<Reason> SupersededAsync(CallingDevice device, Hello hello, string peer, CancellationToken ct)
    {
        try
        {
            return await SupersededAsync(device, Sighting(device, hello, peer), ct);
        }
        catch (Exception fault) when (fault is DbException or DbUpdateException)
        {
            NotChecked(device.Id, fault.Message);
            return Reason.SerialSuperseded;
        }
    }

    private async Task<Reason> SupersededAsync(CallingDevice device, Sighting now, CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        var sightings = await SightingsAsync(db, device.Id, ct);
        var before = sightings.LastOrDefault(x => x.Session == 0 && x.Serial.AsSpan().SequenceEqual(device.Serial));
        if (before is null)
        {
            db.Sightings.Add(now);
            await db.SaveChangesAsync(ct);
            return Reason.SerialSuperseded;
        }

        var lastSeen = await db.Devices.Where(x => x.Id == device.Id).Select(x => x.LastSeenAt).SingleAsync(ct);
        if (!(lastSeen > before.At + UnderWay)) return Reason.SerialSuperseded;
        var copies = Copies.Of([before, .. sightings.Where(x => x.Session > 0)]);
        return await quarantine.BeginAsync(device.Id, copies.OldCertificate(), ct) ? Reason.DeviceQuarantined : Reason.SerialSuperseded;
    }

    private static async Task<string?> ProofAsync(
        SandboxDb db, DeviceId device, Hello hello, IReadOnlyList<Sighting> sightings, Copies copies, CancellationToken ct)
    {
        if (TakeOvers.InTurn(sightings) is > 0 and var turns) return copies.InTurn(turns, TakeOvers.Within);
        if (!hello.HasLastHash) return null;
        var (epoch, sequence) = (hello.Epoch.ToByteArray(), HelloSeen.LastSequence(hello));
        var mark = await db.Epochs.AsNoTracking().SingleOrDefaultAsync(x => x.DeviceId == device && x.Id == epoch, ct);
        if (mark is null || mark.LastSequence < sequence) return null;
        var stored = mark.LastSequence == sequence ? mark.LastHash : await HashOfSignedAsync(db, device, epoch, sequence, ct);
        return stored is null || hello.LastHash.Span.SequenceEqual(stored) ? null : copies.OtherReport(sequence);
    }

    // Of a report behind the mark; null: there is none, or the device did not sign it by itself, as it does once a second.
    private static async Task<byte[]?> HashOfSignedAsync(SandboxDb db, DeviceId device, byte[] epoch, long sequence, CancellationToken ct)
    {
        var signed = db.Reports.Where(x => x.DeviceId == device && x.Epoch == epoch && x.Sequence == sequence && x.Signature != null);
        return await signed.Select(x => x.Bytes).FirstOrDefaultAsync(ct) is { } bytes ? ReportHash.Of(device, bytes) : null;
    }

    private static async Task<IReadOnlyList<Sighting>> SightingsAsync(SandboxDb db, DeviceId device, CancellationToken ct) =>
        await db.Sightings.AsNoTracking().Where(x => x.DeviceId == device).OrderByDescending(x => x.Id).Take(Storage.Devices.Sighting.Most).ToListAsync(ct);

    private Sighting Sighting(CallingDevice device, Hello hello, string peer) => new()
    {
        DeviceId = device.Id,
        At = time.GetUtcNow(),
        Peer = peer,
        HostName = HelloSeen.HostName(hello),
        BootId = HelloSeen.BootId(hello),
        Epoch = hello.Epoch.ToByteArray(),
        LastSequence = HelloSeen.LastSequence(hello),
        Serial = device.Serial,
    };

    [LoggerMessage(3104, LogLevel.Warning, "The hello of device {Device} could not be compared with those before it; the next one is: {Why}")]
    private partial void NotChecked(DeviceId device, string why);
}
