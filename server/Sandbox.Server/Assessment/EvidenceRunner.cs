using Sandbox.Protocol;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Assessment;

/// <summary>
/// Judges one device and keeps what goes wrong with it to this device: its verdicts become errors, its reports are stored, and the writer
/// that serves all devices goes on.
/// </summary>
internal sealed class EvidenceRunner(DeviceId device, DeviceRecord record, Surroundings around)
{
    private const string Reason = "the server could not judge what this device says; its log names the fault";

    private readonly PresentFindings _findings = new(device, record.Findings, around.Policy);
    private readonly JudgePlan _plan = new();
    private DeviceAssessment? _assessment;
    private AssessmentFault? _fault;
    private TakenReport? _last;

    /// <summary>Takes in what one report says.</summary>
    public void Take(TakenReport report, StreamWrites writes, DateTimeOffset now)
    {
        _last = report;
        Run(assessment => assessment.Take(report, writes, now), report, writes, now);
    }

    /// <summary>Judges what is due at the end of a batch.</summary>
    public void Finish(StreamWrites writes, DateTimeOffset now)
    {
        if (_last is { } last && writes.Reports.Count > 0) Run(assessment => assessment.Finish(writes, now), last, writes, now);
        _last = null;
    }

    /// <summary>Judges because of time alone: no report came.</summary>
    public void JudgeAgain(StreamWrites writes, DateTimeOffset now) => Run(assessment => assessment.JudgeAgain(writes, now), null, writes, now);

    /// <summary>The first fault since this was last asked. Null: none.</summary>
    public AssessmentFault? TakeFault()
    {
        var fault = _fault;
        _fault = null;
        return fault;
    }

    private void Run(Action<DeviceAssessment> step, TakenReport? report, StreamWrites writes, DateTimeOffset now)
    {
        try
        {
            step(_assessment ??= new DeviceAssessment(device, record, (_findings, _plan), around));
        }
        catch (StoreUnavailableException)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever it is: thrown on, it would end the one writer, and after the restart the same report would end it again.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _fault ??= new AssessmentFault(report?.Row.Sequence, fault);
            _plan.Failed(writes, now);
            var told = writes.Transitions.Count;
            _findings.Fail(Reason, report?.Row.Id, writes, now);
            foreach (var transition in writes.Transitions.Skip(told)) writes.Entries.Add(VerdictEntry.Of(transition, report));
        }
    }
}

/// <summary>A judgement that failed.</summary>
/// <param name="Sequence">Place of the judged report in the device's epoch. Null: none came, time alone passed.</param>
/// <param name="Cause">What went wrong.</param>
internal sealed record AssessmentFault(long? Sequence, Exception Cause);
