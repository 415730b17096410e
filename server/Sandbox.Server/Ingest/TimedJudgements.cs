using Sandbox.Protocol;
using Sandbox.Server.Assessment;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Ingest;

/// <summary>Judges devices whose time has come, whether they are connected or not; a part of a batch.</summary>
internal sealed class TimedJudgements(Assessor assessor, ReportStreams streams, DateTimeOffset now)
{
    /// <summary>Most devices in one batch: the others are judged a second later, and reports do not wait for long.</summary>
    private const int Most = 50;

    private readonly List<TimedJudgement> _made = [];

    /// <summary>What came of it; the writer's own writes, not a stream's.</summary>
    public IReadOnlyList<TimedJudgement> Made => _made;

    /// <summary>Judges those that are due.</summary>
    /// <param name="parts">What streams bring to the same batch: what they say is taken in.</param>
    public void Make(IReadOnlyCollection<StreamPart> parts)
    {
        foreach (var device in assessor.Store.DueForJudgement(now, Most))
        {
            if (parts.FirstOrDefault(part => part.Stream.Device == device) is { } part) part.Stream.Progress?.JudgeAgain(part.Writes, now);
            else if (streams.Find(device) is { } stream) Judge(stream);
            else Judge(device);
        }
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
