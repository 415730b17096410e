using Sandbox.Evidence.Record;
using Sandbox.Protocol;

namespace Sandbox.Server.Export;

/// <summary>The line of the schedule that an entry speaks of.</summary>
internal static class EntryLine
{
    /// <summary>The line: <c>1.3</c>. Null: it speaks of none.</summary>
    public static string? Of(LogBody body) => body.ContentCase switch
    {
        LogBody.ContentOneofCase.Evidence => body.Evidence.Line,
        LogBody.ContentOneofCase.LearningEntered => body.LearningEntered.Line,
        LogBody.ContentOneofCase.LineDecided or LogBody.ContentOneofCase.SignedDecision => FilledSchedule.Decision(body)!.Line,
        LogBody.ContentOneofCase.AssignmentSaid => body.AssignmentSaid.Line,
        _ => null,
    };
}
