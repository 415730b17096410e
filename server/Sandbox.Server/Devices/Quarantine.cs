using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.Live;
using Sandbox.Storage;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Devices;

/// <summary>Shuts out a device of which there is proof that its identity is in two places: both copies, since nobody but a person can tell which is right.</summary>
internal sealed partial class Quarantine(IDbContextFactory<SandboxDb> store, OpenStreams streams, LiveFeed feed, TimeProvider time, ILogger<Quarantine> logger)
{
    /// <summary>What both copies are told.</summary>
    public const string WordsForTheMachine =
        "This device's identity is in two places: another machine is a copy of this one, or this machine was set back to an older state of itself (a backup, a snapshot). "
        + "Both are shut out until a mentor decides; nothing is lost, reports wait here. Show this to a mentor.";

    /// <summary>Quarantines an active device, with its entry in the evidence log in the same transaction, and closes its stream.</summary>
    /// <returns>Whether that changed anything.</returns>
    public async Task<bool> BeginAsync(DeviceId device, string proof, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = await store.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var changed = await db.Devices.Where(x => x.Id == device && x.State == DeviceState.Active).ExecuteUpdateAsync(
            set => set.SetProperty(x => x.State, DeviceState.Quarantined).SetProperty(x => x.StateReason, proof).SetProperty(x => x.StateChangedAt, now), ct);
        if (changed == 0) return false;
        db.LogEntries.Add(Entry(device, proof, now));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);

        ShutOut(device, proof);
        streams.Close(device, Reason.DeviceQuarantined);
        feed.Publish(new LiveEvent(device, LiveChange.Device, now));
        return true;
    }

    /// <summary>What the evidence log says of a quarantine.</summary>
    /// <param name="device">The device.</param>
    /// <param name="proof">In words that name both copies. Empty: a person ended it.</param>
    /// <param name="now">The server's clock.</param>
    public static LoggedEntry Entry(DeviceId device, string proof, DateTimeOffset now) => LoggedEntry.New(
        EntryKind.Quarantine, now, new LogBody { DeviceQuarantined = new DeviceQuarantined { DeviceId = ByteString.CopyFrom(device.ToBytes()), Proof = proof, Released = proof.Length == 0 } }, device);

    [LoggerMessage(3206, LogLevel.Warning, "DEVICE_QUARANTINED: device {Device} is shut out until a mentor decides: {Proof}")]
    private partial void ShutOut(DeviceId device, string proof);
}
