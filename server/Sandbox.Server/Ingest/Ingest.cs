using Sandbox.Protocol;
using Sandbox.Server.Devices;
using Sandbox.Server.Live;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Ingest;

/// <summary>The way of reports into the store, as a stream sees it.</summary>
internal sealed class Ingest(IngestQueue queue, ReportStreams streams, LiveFeed feed, Witnesses witnesses, TimeProvider time)
{
    private const int LongestVersion = 64;

    // What a report takes in memory beside its bytes.
    private const int Overhead = 512;

    /// <summary>Raises the device's session and takes its place among the open streams.</summary>
    /// <returns>What the store says; the stream is null when it refused.</returns>
    public async Task<(SessionOpened Session, ReportStream? Stream)> OpenAsync(CallingDevice device, Hello hello, string peer = "")
    {
        var opened = new TaskCompletionSource<(SessionOpened Session, OpenStream? Open)>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!queue.Hand(new Hail(Opening(device, hello, peer), opened))) return (new SessionOpened(Reason.StoreUnavailable), null);
        var (session, open) = await opened.Task;
        if (open is null) return (session, null);

        feed.Publish(new LiveEvent(device.Id, LiveChange.Connection, time.GetUtcNow()));
        var witness = witnesses.Hear(device.Id, device.Name, hello.LastCheckpoint.Memory);
        var stream = new ReportStream(device, hello.Epoch, session.Session, open, witness, time);
        streams.Add(stream);
        return (session, stream);
    }

    /// <summary>Checks one message's reports and hands them to the writer; waits while too much is on its way already.</summary>
    public async ValueTask HandAsync(ReportStream stream, IReadOnlyList<SignedReport> reports, CancellationToken ct)
    {
        if (reports.Count == 0) return;
        var bytes = 0L;
        foreach (var report in reports) bytes += report.Report.Length + Overhead;
        await stream.InFlight.TakeAsync(bytes, ct);

        var done = new Checked[reports.Count];
        for (var i = 0; i < done.Length; i++) done[i] = stream.Check.Check(reports[i]);
        await queue.HandAsync(new Delivery(stream, done, bytes), ct);
    }

    /// <summary>The stream has ended.</summary>
    public void Close(ReportStream stream)
    {
        streams.Remove(stream);
        stream.Dispose();
        feed.Publish(new LiveEvent(stream.Device, LiveChange.Connection, time.GetUtcNow()));
    }

    private SessionOpening Opening(CallingDevice device, Hello hello, string peer)
    {
        var version = hello.AgentVersion.Length > LongestVersion ? hello.AgentVersion[..LongestVersion] : hello.AgentVersion;
        long? offset = ReportForm.IsInstant(hello.Clock) ? (long)(hello.Clock.ToDateTimeOffset() - time.GetUtcNow()).TotalMilliseconds : null;
        return new SessionOpening(device.Id, device.Serial, hello.Epoch.ToByteArray(), version, offset)
        {
            Peer = peer,
            HostName = HelloSeen.HostName(hello),
            BootId = HelloSeen.BootId(hello),
            LastSequence = HelloSeen.LastSequence(hello),
        };
    }
}
