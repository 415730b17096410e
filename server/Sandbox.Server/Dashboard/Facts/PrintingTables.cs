using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Protocol;

namespace Sandbox.Server.Dashboard.Facts;

/// <summary>Queues, then what came out of them last. Whose a job is by its sender's own word is never shown without saying so.</summary>
internal static class PrintingTables
{
    public static IReadOnlyList<FactTable> Of(Printing printing) =>
    [
        new("Queues", ["Queue", "Leads to", "State", "Takes jobs", "Shared", "Model, by its driver", "Location", "Description", "Set up", "Settings changed"], [.. printing.Queues.Select(Row)]),
        new("Jobs that ended", ["Job", "Queue", "How it ended", "Whose, by the sender's word", "Ended", "Sides"], [.. printing.Jobs.Select(Row)]),
    ];

    private static FactTableRow Row(PrintQueue queue) => new($"printing.queues[{queue.Name}]",
    [
        queue.Name, queue is { HasIsClass: true, IsClass: true } ? "a class of queues" : queue.HasDevice ? queue.Device : null, State(queue), queue.HasAccepting ? YesNo(queue.Accepting) : null, queue.HasShared ? YesNo(queue.Shared) : null,
        queue.HasMakeAndModel ? queue.MakeAndModel : null, queue.HasLocation ? queue.Location : "none", queue.HasInfo ? queue.Info : "none",
        queue.HasAutomatic ? queue.Automatic ? "by itself: the printer announced itself" : "by somebody" : null, Instant(queue.ConfiguredAt),
    ]);

    private static string? State(PrintQueue queue)
    {
        var word = queue.State switch { PrintQueue.Types.State.Idle => "idle", PrintQueue.Types.State.Processing => "printing", PrintQueue.Types.State.Stopped => "stopped", _ => null };
        return queue.StateReasons.Count == 0 ? word : $"{word ?? "not known"}: {string.Join(", ", queue.StateReasons)}";
    }

    private static FactTableRow Row(PrintJob job) => new($"printing.jobs[{Number(job.Id)}]",
    [
        Number(job.Id), job.Queue, job.State switch
        {
            PrintJob.Types.State.Completed => "handed over", PrintJob.Types.State.Canceled => "taken back", PrintJob.Types.State.Aborted => "given up", _ => null,
        },
        job.HasClaimedUser ? job.ClaimedUser : null, Instant(job.CompletedAt), job.HasImpressions ? Number(job.Impressions) : null,
    ]);

    private static string? Instant(Timestamp? said) => said is null ? null : Instants.Of(said) is { } instant ? instant.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) : "not an instant";

    private static string YesNo(bool yes) => yes ? "yes" : "no";

    private static string Number(uint number) => number.ToString(CultureInfo.InvariantCulture);
}
