using Sandbox.Protocol;
using Sandbox.Server.Assessment;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Ingest;

/// <summary>A transaction in the making: what several streams brought, and the streams that begin.</summary>
internal sealed class Batch(Assessor assessor, ReportStreams streams, TimeProvider time)
{
    /// <summary>A batch takes no further message from this many reports or bytes on.</summary>
    private const int EnoughReports = 1000;
    private const long EnoughBytes = 2L * Wire.LargestMessage;

    private readonly Dictionary<ReportStream, StreamPart> _parts = [];
    private readonly List<TimedJudgement> _timed = [];
    private int _reports;
    private DueJudgements? _due;
    private bool _moreAreDue;
    private long _judging;

    /// <summary>Streams that begin.</summary>
    public List<Hail> Hails { get; } = [];

    /// <summary>What each stream brought.</summary>
    public IReadOnlyCollection<StreamPart> Parts => _parts.Values;

    /// <summary>What time alone made of devices.</summary>
    public IReadOnlyList<TimedJudgement> Timed => _timed;

    /// <summary>The server's clock when the batch began.</summary>
    public DateTimeOffset Now { get; } = time.GetUtcNow();

    /// <summary>Bytes in flight that it holds.</summary>
    public long Bytes { get; private set; }

    /// <summary>Whether it is time to commit.</summary>
    public bool IsFull => _reports >= EnoughReports || Bytes >= EnoughBytes || Hails.Count >= EnoughReports;

    /// <summary>Puts something in.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public void Add(Work work)
    {
        switch (work)
        {
            case Hail hail:
                Hails.Add(hail);
                break;
            case Delivery delivery:
                _reports += delivery.Reports.Length;
                Bytes += delivery.Bytes;
                PartOf(delivery.Stream).Add(delivery, assessor, Now);
                break;
            case DueJudgements due:
                due.Take();
                _due = due;
                break;
        }
    }

    /// <summary>What the store has to write.</summary>
    public IngestBatch Build()
    {
        // Last, so that a device for which a stream is in the batch is judged there and stands in it once.
        if (_due is not null) JudgeDue();
        foreach (var part in Parts) part.Finish(Now);
        return new IngestBatch([.. Timed.Select(timed => timed.Writes), .. Parts.Select(part => part.Writes)], [.. Hails.Select(hail => hail.Opening)], Now);
    }

    /// <summary>Asks for another batch when more are due than were judged in this one; call it once this one is on the disk, so that the pause is one.</summary>
    public void AskAgain()
    {
        if (_moreAreDue) _due?.AskAgain(time.GetElapsedTime(_judging));
    }

    private void JudgeDue()
    {
        _judging = time.GetTimestamp();
        var judging = new TimedJudgements(assessor, streams, Now, time);
        _moreAreDue = judging.Make(Parts);
        _timed.AddRange(judging.Made);
    }

    private StreamPart PartOf(ReportStream stream)
    {
        if (!_parts.TryGetValue(stream, out var part)) _parts.Add(stream, part = new StreamPart(stream));
        return part;
    }
}
