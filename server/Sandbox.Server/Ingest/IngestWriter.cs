using Sandbox.Protocol;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Ingest;

/// <summary>
/// The one writer: puts what is there into a transaction, without waiting for more, and tells the streams after the commit. While the disk
/// works, the next batch gathers by itself: the busier the server, the larger the batch.
/// </summary>
internal sealed partial class IngestWriter(
    IngestQueue queue, Batches batches, AfterCommit after, ILogger<IngestWriter> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await queue.WaitAsync(stoppingToken)) WriteBatch();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops: what was not acknowledged stays in the agents' spools.
        }
        finally
        {
            queue.Stop();
            while (queue.TryTake(out var work))
                if (work is Hail hail) hail.Opened.TrySetResult((new SessionOpened(Reason.StoreUnavailable), null));
        }
    }

    private void WriteBatch()
    {
        var batch = batches.Begin();
        try
        {
            while (!batch.IsFull && queue.TryTake(out var work)) Add(work, batch);
            if (batches.Commit(batch) is { } stored) after.Committed(batch, stored);
            batch.AskAgain();
        }
        catch (StoreUnavailableException fault)
        {
            NotStored(batch.Parts.Sum(part => part.Writes.Reports.Count), fault);
            AfterCommit.Failed(batch);
        }
        finally
        {
            queue.Left(batch.Bytes);
        }
    }

    // What follows on reports that were not stored must not be stored either: it would look like a gap.
    private void Add(Work work, Batch batch)
    {
        if (work is Delivery { Stream.Open.Closed.IsCancellationRequested: true } late) queue.Left(late.Bytes);
        else batch.Add(work);
    }

    [LoggerMessage(3100, LogLevel.Error, "{Count} reports could not be stored; their agents keep them and try again")]
    private partial void NotStored(int count, Exception fault);
}
