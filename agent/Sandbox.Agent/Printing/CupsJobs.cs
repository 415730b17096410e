using Google.Protobuf.WellKnownTypes;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Printing.Ipp;
using Sandbox.Protocol;
using static Sandbox.Protocol.PrintJob.Types;

namespace Sandbox.Agent.Printing;

/// <summary>Jobs that ended, as Get-Jobs tells of them. What they are called is not asked for: that is a document's name.</summary>
internal static class CupsJobs
{
    /// <summary>Of one queue.</summary>
    public const int Most = 10;

    private const ushort GetJobs = 0x000A;

    // Of those that ended in one second CUPS names the older ones first.
    private const int MostAsked = 100;

    private static readonly string[] Asked = ["job-id", "job-state", "job-originating-user-name", "time-at-completed", "job-impressions-completed"];

    /// <summary>The question for the latest of a queue.</summary>
    public static IppRequest Question(PrintQueue queue, string user) => new IppRequest(GetJobs)
        .With(IppValue.Uri, "printer-uri", $"ipp://localhost/{(queue.IsClass ? "classes" : "printers")}/{Uri.EscapeDataString(queue.Name)}")
        .With(IppValue.Name, "requesting-user-name", user).With("limit", MostAsked).With(IppValue.Keyword, "which-jobs", "completed").With(IppValue.Keyword, "requested-attributes", Asked);

    /// <summary>One job of the answer. Null: it has no number.</summary>
    public static PrintJob? Of(IppGroup said, string queue)
    {
        if (said.Number("job-id") is not (> 0 and var id)) return null;
        var job = new PrintJob { Id = (uint)id, Queue = queue, State = StateOf(said.Number("job-state")) };
        if (ShortText.Of(said.Text("job-originating-user-name"), CupsQueues.LongestText) is { } user) job.ClaimedUser = user;
        // CUPS says seconds since 1970, where RFC 8011 allows seconds since the printer's start.
        if (said.Number("time-at-completed") is > 0 and var seconds) job.CompletedAt = new Timestamp { Seconds = seconds };
        if (said.Number("job-impressions-completed") is > 0 and var sides) job.Impressions = (uint)sides;
        return job;
    }

    // job-state of RFC 8011 §5.3.7.
    private static State StateOf(int? number) => number switch { 7 => State.Canceled, 8 => State.Aborted, 9 => State.Completed, _ => State.Unspecified };
}
