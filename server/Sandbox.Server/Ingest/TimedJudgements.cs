using Sandbox.Protocol;
using Sandbox.Server.Assessment;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Ingest;

/// <summary>Judges devices whose time has come, whether they are connected or not; a part of a batch.</summary>
internal sealed class TimedJudgements(Assessor assessor, ReportStreams streams, DateTimeOffset now, TimeProvider time)
{
    /// <summary>From how long on no further device is judged in the same batch, whose reports wait for it. The others are judged a moment later.</summary>
    public static readonly TimeSpan LongestAtOnce = TimeSpan.FromMilliseconds(5);

    /// <summary>Most devices in one batch.</summary>
    private const int Most = 50;

    private readonly List<TimedJudgement> _made = [];

    /// <summary>What came of it; the writer's own writes, not a stream's.</summary>
    public IReadOnlyList<TimedJudgement> Made => _made;

    /// <summary>Judges those that are due, the longest due first, as far as there is time.</summary>
    /// <param name="parts">What streams bring to the same batch: what they say is taken in.</param>
    /// <returns>Whether more may be due.</returns>
    public bool Make(IReadOnlyCollection<StreamPart> parts)
    {
        var (due, began) = (assessor.Store.DueForJudgement(now, Most), time.GetTimestamp());
        foreach (var device in due)
        {
            if (time.GetElapsedTime(began) >= LongestAtOnce) return true;
            if (parts.FirstOrDefault(part => part.Stream.Device == device) is { } part) part.Stream.Progress?.JudgeAgain(part.Writes, now);
            else if (streams.Find(device) is { } stream) Judge(stream);
            else Judge(device);
        }
        return due.Count == Most;
    }

    private void Judge(ReportStream stream)
    {
        var writes = stream.NewWrites(isServers: true);
        var progress = stream.Progress ??= stream.ReadProgress(assessor);
        progress.JudgeAgain(writes, now);
        _made.Add(new TimedJudgement(stream, writes, progress.TakeFault()));
    }

    private void Judge(DeviceId device)
    {
        var record = assessor.Store.Read(device, []);
        var writes = new StreamWrites { Device = device, Session = record.Session, Serial = null, Epoch = [] };
        var runner = assessor.Of(device, record);
        runner.JudgeAgain(writes, now);
        _made.Add(new TimedJudgement(null, writes, runner.TakeFault()));
    }
}

/// <summary>What time alone made of one device.</summary>
/// <param name="Stream">Its open stream. Null: it is not connected here.</param>
/// <param name="Writes">What is to be stored.</param>
/// <param name="Fault">What went wrong. Null: nothing.</param>
internal sealed record TimedJudgement(ReportStream? Stream, StreamWrites Writes, AssessmentFault? Fault);
