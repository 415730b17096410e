using Sandbox.Protocol;
using Sandbox.Server.Live;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Ingest;

/// <summary>What happens once it is certain what became of a batch: streams are told, pages are woken.</summary>
internal sealed partial class AfterCommit(OpenStreams streams, LiveFeed feed, LogBell bell, ILogger<AfterCommit> logger)
{
    /// <summary>The batch is on the disk, but for the parts that the fence refused.</summary>
    public void Committed(Batch batch, BatchStored stored)
    {
        foreach (var (timed, why) in batch.Timed.Zip(stored.Writes)) Timed(timed, why, batch.Now);
        foreach (var (part, why) in batch.Parts.Zip(stored.Writes.Skip(batch.Timed.Count)))
        {
            if (why == Reason.Unspecified) Stored(part, batch.Now);
            else part.Stream.Open.Close(why);
        }
        foreach (var (hail, session) in batch.Hails.Zip(stored.Openings)) Opened(hail, session);
        if (batch.Parts.Any(part => part.Writes.Entries.Count > 0) || batch.Timed.Any(timed => timed.Writes.Entries.Count > 0)) bell.Ring();
    }

    /// <summary>Nothing of the batch was stored.</summary>
    public static void Failed(Batch batch)
    {
        foreach (var timed in batch.Timed) timed.Stream?.Open.Close(Reason.StoreUnavailable);
        foreach (var part in batch.Parts) part.Stream.Open.Close(Reason.StoreUnavailable);
        foreach (var hail in batch.Hails) hail.Opened.TrySetResult((new SessionOpened(Reason.StoreUnavailable), null));
    }

    private void Timed(TimedJudgement timed, Reason why, DateTimeOffset now)
    {
        var device = timed.Writes.Device;
        if (timed.Fault is { } fault) NotJudgedAgain(device, fault.Cause);
        if (why != Reason.Unspecified) timed.Stream?.Open.Close(why);
        else if (timed.Writes.Changed) feed.Publish(new LiveEvent(device, LiveChange.Facts, now));
        if (why == Reason.Unspecified) Credited(timed.Writes, now);
    }

    // Evidence may be somebody's who does not own the device.
    private void Credited(StreamWrites writes, DateTimeOffset now)
    {
        foreach (var person in writes.Evidence.Values.Select(item => item.PersonId).Distinct()) feed.Publish(new LiveEvent(writes.Device, LiveChange.Line, now) { Person = person });
    }

    private void Stored(StreamPart part, DateTimeOffset now)
    {
        var stream = part.Stream;
        foreach (var report in part.Refused) TurnedAway(stream.Device, Devices.Refused.WireName(report.Reason), report.Message);
        if (stream.Progress!.TakeFault() is { } fault) NotJudged(stream.Device, fault.Sequence, fault.Cause);
        if (part.Jumped) stream.Outbox.AskForAll();
        stream.Outbox.Settle(part.Refused, stream.Progress.LastSequence, part.Bytes);
        if (part.Writes.CloneProof is { } proof) Quarantined(stream, proof, now);

        Credited(part.Writes, now);
        if (part.Writes.Changed) feed.Publish(new LiveEvent(stream.Device, LiveChange.Facts, now));
        else if (part.Writes.SeenAt is not null) feed.Publish(new LiveEvent(stream.Device, LiveChange.Seen, now));
    }

    // Here and not in the call, so that the order of places is the order of sessions: the younger hello never loses its place to the older.
    private void Opened(Hail hail, SessionOpened session)
    {
        var open = session.Refused == Reason.Unspecified ? streams.Open(hail.Opening.Device) : null;
        hail.Opened.TrySetResult((session, open));
    }

    private void Quarantined(ReportStream stream, string proof, DateTimeOffset now)
    {
        ShutOut(stream.Device, proof);
        stream.Open.Close(Reason.DeviceQuarantined);
        feed.Publish(new LiveEvent(stream.Device, LiveChange.Device, now));
    }

    [LoggerMessage(3103, LogLevel.Warning, "DEVICE_QUARANTINED: device {Device} is shut out until a mentor decides: {Proof}")]
    private partial void ShutOut(DeviceId device, string proof);

    [LoggerMessage(3101, LogLevel.Warning, "Refused a report of device {Device}: {Reason}: {Message}")]
    private partial void TurnedAway(DeviceId device, string reason, string message);

    [LoggerMessage(3102, LogLevel.Error, "Report {Sequence} of device {Device} is stored, but what it says could not be judged: the device's verdicts are errors until it can")]
    private partial void NotJudged(DeviceId device, long? sequence, Exception fault);

    [LoggerMessage(3105, LogLevel.Error, "Device {Device} could not be judged again when its time had come: its verdicts are errors until it can")]
    private partial void NotJudgedAgain(DeviceId device, Exception fault);
}
