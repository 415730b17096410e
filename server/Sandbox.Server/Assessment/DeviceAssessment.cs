using Google.Protobuf;
using Sandbox.Evidence;
using Sandbox.Protocol;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Assessment;

/// <summary>
/// What a device says of itself and what the policy makes of it, in memory where its stream ends. It runs one step ahead of the store until
/// the batch is committed; when that fails it is thrown away and read again.
/// </summary>
internal sealed class DeviceAssessment
{
    private readonly DeviceId _device;
    private readonly DeviceFacts _facts = new();
    private readonly PresentFindings _findings;
    private bool _due;

    /// <summary>Goes on where the store is.</summary>
    public DeviceAssessment(DeviceId device, IReadOnlyList<StoredFact> facts, PresentFindings findings)
    {
        (_device, _findings) = (device, findings);
        foreach (var stored in facts)
            Put(new ReportedFact(Fact.Parser.ParseFrom(stored.Bytes), stored.ReportId, stored.ChangedAt, stored.VerifiedAt));
    }

    /// <summary>The next instant at which time alone may change a finding. Null: none, or nothing has been judged yet.</summary>
    public DateTimeOffset? NextInstant { get; private set; }

    /// <summary>Takes in what one report says. A change is judged at once, so that no verdict between two reports of a batch is lost.</summary>
    public void Take(long reportId, DateTimeOffset collectedAt, Report report, StreamWrites writes, DateTimeOffset now)
    {
        var changed = false;
        foreach (var fact in report.Facts) changed |= Take(fact, reportId, collectedAt, writes);
        foreach (var kind in report.Unchanged) Verified((int)kind, collectedAt, writes);
        _due = true;
        if (changed) Judge(reportId, writes, now);
    }

    /// <summary>Judges what was only verified since: once for all reports of a batch.</summary>
    public void Finish(StreamWrites writes, DateTimeOffset now)
    {
        if (_due) Judge(null, writes, now);
    }

    private bool Take(Fact fact, long reportId, DateTimeOffset at, StreamWrites writes)
    {
        if (_facts[fact.KindCase] is { } before && before.SaysTheSameAs(fact))
        {
            Verified((int)fact.KindCase, at, writes);
            return false;
        }
        var bytes = fact.ToByteArray();
        var kind = FactKind.Of(fact, bytes);
        if (kind == 0) return false;

        writes.Verified.Remove(kind);
        writes.Facts[kind] =
            new StoredFact { DeviceId = _device, Kind = kind, ReportId = reportId, ChangedAt = at, VerifiedAt = at, Bytes = bytes };
        writes.Changed = true;
        Put(new ReportedFact(fact, reportId, at, at));
        return true;
    }

    private void Verified(int kind, DateTimeOffset at, StreamWrites writes)
    {
        _facts.Verified((Fact.KindOneofCase)kind, at);
        if (writes.Facts.TryGetValue(kind, out var pending)) pending.VerifiedAt = at;
        else writes.Verified[kind] = at;
    }

    private void Judge(long? reportId, StreamWrites writes, DateTimeOffset now)
    {
        _due = false;
        var judgement = LabDefault.Judge(_facts, now);
        NextInstant = judgement.NextInstant;
        _findings.Become(judgement.Findings, reportId, writes, now);
    }

    private void Put(ReportedFact fact)
    {
        if (fact.Fact.KindCase != Fact.KindOneofCase.None) _facts.Put(fact);
    }
}
