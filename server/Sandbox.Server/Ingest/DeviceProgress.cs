using Google.Protobuf;
using Sandbox.Protocol;
using Sandbox.Server.Assessment;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Ingest;

/// <summary>
/// How far a stream has come: its place in the epoch, the gaps, what the device says and what the policy makes of it. One step ahead of the
/// store until the batch is committed; when that fails, the stream ends and the next one reads the store again.
/// </summary>
internal sealed class DeviceProgress(DeviceId device, byte[] epoch, DeviceRecord record, Assessor assessor)
{
    private readonly HighWater _mark = new(record.LastSequence, record.LastHash);
    private readonly GapBook _gaps = new(device, epoch, record.Unexplained);
    private readonly EvidenceRunner _evidence = assessor.Of(device, record);

    /// <summary>Highest sequence taken; 0: none.</summary>
    public long LastSequence => _mark.LastSequence;

    /// <summary>What went wrong in judging the device since this was last asked. Null: nothing.</summary>
    public AssessmentFault? TakeFault() => _evidence.TakeFault();

    /// <summary>Takes one report into a batch.</summary>
    /// <returns>How it stands to those before it; <see cref="Standing.Broken"/>, <see cref="Standing.Forked"/> and <see cref="Standing.Repeated"/> change nothing.</returns>
    public Standing Take(CheckedReport report, StreamWrites writes, DateTimeOffset now)
    {
        var standing = _mark.Of(report);
        if (standing is Standing.Repeated or Standing.Broken or Standing.Forked) return standing;
        if (standing is Standing.Jumped) _gaps.Jumped(_mark.LastSequence + 1, report.Sequence - 1, writes, now);
        foreach (var gap in report.Content.Gaps) _gaps.Declared(gap, writes, now);
        _mark.Rise(report);

        var row = Row(report, assessor.Store.TakeReportIds(1), now);
        writes.Reports.Add(row);
        TakeEvents(report.Content, row, writes, now);
        _evidence.Take(new TakenReport(row, report.Hash, report.Content), writes, now);
        return standing;
    }

    /// <summary>Judges because of time alone.</summary>
    public void JudgeAgain(StreamWrites writes, DateTimeOffset now) => _evidence.JudgeAgain(writes, now);

    /// <summary>Ends the stream's part of a batch.</summary>
    public void Finish(StreamWrites writes, DateTimeOffset now)
    {
        if (writes.Reports.Count > 0) (writes.LastSequence, writes.LastHash) = (_mark.LastSequence, _mark.LastHash);
        _evidence.Finish(writes, now);
    }

    /// <summary>What is said of a report that breaks the chain.</summary>
    public static ReportRefused Broken(CheckedReport report) => new()
    {
        Hash = UnsafeByteOperations.UnsafeWrap(report.Hash),
        Reason = Reason.ChainBroken,
        Message = $"Report {report.Sequence} does not name the hash of the report before it.",
    };

    // What is said once, and never compared with what was said before.
    private void TakeEvents(Report content, StoredReport row, StreamWrites writes, DateTimeOffset now)
    {
        foreach (var fact in content.Facts)
        {
            foreach (var act in fact.Acts?.Acts_ ?? []) writes.Acts.Add(device, act, row.Id);
            foreach (var minute in fact.InterfaceCounters?.Minutes ?? []) writes.Traffic.Add(device, minute, now);
        }
    }

    private StoredReport Row(CheckedReport report, long id, DateTimeOffset now) => new()
    {
        Id = id,
        DeviceId = device,
        Epoch = epoch,
        Sequence = report.Sequence,
        CollectedAt = report.CollectedAt,
        ReceivedAt = now,
        Bytes = report.Bytes,
        Signature = report.Signature,
    };
}
