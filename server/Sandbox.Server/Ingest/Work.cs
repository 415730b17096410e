using Sandbox.Server.Live;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Ingest;

/// <summary>Something for the writer to put into a batch.</summary>
internal abstract record Work;

/// <summary>A stream that begins.</summary>
/// <param name="Opening">What its hello says.</param>
/// <param name="Opened">Gets the answer of the store, and the stream's place among the open ones; null for a stream that was refused.</param>
internal sealed record Hail(SessionOpening Opening, TaskCompletionSource<(SessionOpened Session, OpenStream? Open)> Opened) : Work;

/// <summary>One message's reports.</summary>
/// <param name="Stream">The stream that brought them.</param>
/// <param name="Reports">What came of their check.</param>
/// <param name="Bytes">What they took of the bytes in flight.</param>
internal sealed record Delivery(ReportStream Stream, Checked[] Reports, long Bytes) : Work;
