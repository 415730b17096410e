using Sandbox.Protocol;
using Sandbox.Server.Assessment;
using Sandbox.Server.Devices;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Ingest;

/// <summary>What one stream brought to a batch.</summary>
internal sealed class StreamPart(ReportStream stream)
{
    /// <summary>Whose part it is.</summary>
    public ReportStream Stream => stream;

    /// <summary>What the store has to write.</summary>
    public StreamWrites Writes { get; } = stream.NewWrites();

    /// <summary>Reports that will never be stored.</summary>
    public List<ReportRefused> Refused { get; } = [];

    /// <summary>Bytes in flight that it holds.</summary>
    public long Bytes { get; private set; }

    /// <summary>A report jumped over others: the device's facts may have changed in what is missing.</summary>
    public bool Jumped { get; private set; }

    /// <summary>Takes one message's reports.</summary>
    public void Add(Delivery delivery, Assessor assessor, DateTimeOffset now)
    {
        Bytes += delivery.Bytes;
        var progress = stream.Progress ??= stream.ReadProgress(assessor);
        foreach (var (report, refused) in delivery.Reports)
        {
            // What follows a fork is not refused: the machine keeps it until a person has decided.
            if (Writes.CloneProof is not null) return;
            if (report is null) Refused.Add(refused!);
            else Take(progress, report, now);
        }
    }

    /// <summary>Nothing more comes.</summary>
    public void Finish(DateTimeOffset now)
    {
        if (stream.IsSeenAnew(now)) Writes.SeenAt = now;
        stream.Progress?.Finish(Writes, now);
    }

    private void Take(DeviceProgress progress, CheckedReport report, DateTimeOffset now)
    {
        var standing = progress.Take(report, Writes, now);
        Jumped |= standing is Standing.Jumped;
        if (standing is Standing.Broken) Refused.Add(DeviceProgress.Broken(report));
        if (standing is not Standing.Forked) return;
        Writes.CloneProof = stream.Copies.Forked(report.Sequence);
        Writes.Entries.Add(Quarantine.Entry(stream.Device, Writes.CloneProof, now));
    }
}
