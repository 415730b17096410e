using System.Security.Cryptography;
using Sandbox.Evidence;
using Sandbox.Protocol;
using Sandbox.Storage.Findings;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Tests.Storage.Conformance;

/// <summary>A device and one of its spools, as the writer speaks of them.</summary>
internal sealed record StoredDevice(IIngestStore Ingest, DeviceId Id, byte[] Serial, byte[] Epoch)
{
    private static DateTimeOffset Now => StoreUnderTest.Start.AddHours(1);

    /// <summary>A hello.</summary>
    public SessionOpening Hello() => new(Id, Serial, Epoch, "0.1.0", 12) { Peer = "192.0.2.7", HostName = "bench-seven", BootId = RandomNumberGenerator.GetBytes(16) };

    /// <summary>Opens a session.</summary>
    public SessionOpened Open(Func<SessionOpening, SessionOpening>? change = null)
    {
        var hello = change is null ? Hello() : change(Hello());
        return Ingest.Commit(new IngestBatch([], [hello], Now)).Openings.Single();
    }

    /// <summary>What a stream of a session writes: nothing yet.</summary>
    public StreamWrites Writes(long session, byte[]? serial = null) => new() { Device = Id, Session = session, Serial = serial ?? Serial, Epoch = Epoch };

    /// <summary>What the server itself writes.</summary>
    public StreamWrites OwnWrites(long session) => new() { Device = Id, Session = session, Serial = null, Epoch = Epoch };

    /// <summary>Commits what one stream brings.</summary>
    public Reason Commit(StreamWrites writes) => Ingest.Commit(new IngestBatch([writes], [], Now)).Writes.Single();

    /// <summary>A report with the next free row number.</summary>
    public StoredReport Report(long sequence, byte[]? bytes = null) => new()
    {
        Id = Ingest.TakeReportIds(1),
        DeviceId = Id,
        Epoch = Epoch,
        Sequence = sequence,
        CollectedAt = Now.AddSeconds(-1),
        ReceivedAt = Now,
        Bytes = bytes ?? [1, 2, 3],
    };

    public StoredFact Fact(int kind, params byte[] bytes) => new() { DeviceId = Id, Kind = kind, ReportId = 1, ChangedAt = Now, VerifiedAt = Now, Bytes = bytes };

    public StoredFinding Finding(string subject, Verdict verdict, string? observed = null) => new()
    {
        DeviceId = Id,
        Rule = "password.max_age",
        Subject = subject,
        Verdict = verdict,
        Severity = Severity.Medium,
        Expected = "at most 365 days",
        Observed = observed,
        Since = Now,
        Policy = "lab-default/1",
    };

    public FindingTransition Transition(string subject, Verdict? from, Verdict? to) => new()
    {
        DeviceId = Id, Rule = "password.max_age", Subject = subject, From = from, To = to, At = Now, Expected = "at most 365 days", Policy = "lab-default/1",
    };

    public DeviceRecord Read() => Ingest.Read(Id, Epoch);
}
