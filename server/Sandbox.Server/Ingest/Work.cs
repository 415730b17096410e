using Sandbox.Server.Live;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Ingest;

/// <summary>Something for the writer to put into a batch.</summary>
internal abstract record Work;

/// <summary>A stream that begins.</summary>
/// <param name="Opening">What its hello says.</param>
/// <param name="Opened">Gets the answer of the store, and the stream's place among the open ones; null for a stream that was refused.</param>
internal sealed record Hail(SessionOpening Opening, TaskCompletionSource<(SessionOpened Session, OpenStream? Open)> Opened) : Work;

/// <summary>Devices may have to be judged because of time alone. It waits for the writer once at most.</summary>
/// <param name="AskAgain">Called when more are due than were judged at once, with how long these took until they were on the disk.</param>
internal sealed record DueJudgements(Action<TimeSpan> AskAgain) : Work
{
    private int _waits;

    /// <summary>True: it did not wait yet and does from now on.</summary>
    public bool TryWait() => Interlocked.Exchange(ref _waits, 1) == 0;

    /// <summary>It waits no more.</summary>
    public void Take() => Volatile.Write(ref _waits, 0);
}

/// <summary>One message's reports.</summary>
/// <param name="Stream">The stream that brought them.</param>
/// <param name="Reports">What came of their check.</param>
/// <param name="Bytes">What they took of the bytes in flight.</param>
internal sealed record Delivery(ReportStream Stream, Checked[] Reports, long Bytes) : Work;
