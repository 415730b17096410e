using Sandbox.Protocol;
using Sandbox.Server.Assessment;
using Sandbox.Storage.Telemetry;
using Sandbox.Tests.Ingest;

namespace Sandbox.Tests.Assessment;

/// <summary>One stream of a device, judged by an assessor of its own, as after a restart.</summary>
internal sealed class JudgedAlone
{
    private readonly IIngestStore _store;
    private readonly EvidenceRunner _runner;

    public JudgedAlone(IIngestStore store, ReportingDevice device)
    {
        _store = store;
        var hello = new SessionOpening(device.Id, device.Caller.Serial, device.Epoch.ToByteArray(), "0.1.0", null);
        var session = store.Commit(new IngestBatch([], [hello], ReportingDevice.Start)).Openings.Single().Session;
        Writes = new StreamWrites { Device = device.Id, Session = session, Serial = hello.Serial, Epoch = hello.Epoch };
        _runner = new Assessor(store, SilentAfter.Default, Sandbox.Evidence.LabDefault.Policy, new SeededNow()).Of(device.Id, store.Read(device.Id, hello.Epoch));
    }

    public StreamWrites Writes { get; }

    /// <summary>The first fault since this was last asked. Null: none.</summary>
    public AssessmentFault? Fault => _runner.TakeFault();

    public JudgedAlone Take(SignedReport signed)
    {
        var report = Report.Parser.ParseFrom(signed.Report);
        var row = new StoredReport
        {
            Id = _store.TakeReportIds(1), DeviceId = Writes.Device, Epoch = Writes.Epoch, Sequence = (long)report.Sequence, CollectedAt = report.CollectedAt.ToDateTimeOffset(),
            ReceivedAt = ReportingDevice.Start, Bytes = signed.Report.ToByteArray(), Signature = signed.HasSignature ? signed.Signature.ToByteArray() : null,
        };
        Writes.Reports.Add(row);
        _runner.Take(new TakenReport(row, ReportHash.Of(Writes.Device, row.Bytes), report), Writes, ReportingDevice.Start);
        return this;
    }

    /// <summary>Ends the batch and stores it.</summary>
    public StreamWrites Commit()
    {
        _runner.Finish(Writes, ReportingDevice.Start);
        Assert.Equal([Reason.Unspecified], _store.Commit(new IngestBatch([Writes], [], ReportingDevice.Start)).Writes);
        return Writes;
    }
}
