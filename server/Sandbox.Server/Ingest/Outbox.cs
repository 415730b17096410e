using System.Threading.Channels;
using Google.Protobuf;
using Grpc.Core;
using Sandbox.Protocol;
using Sandbox.Server.Live;

namespace Sandbox.Server.Ingest;

/// <summary>
/// What the server has to tell one agent. The writer leaves it here and never waits; the stream's own task sends it. Acknowledgements that
/// were not sent yet melt into the latest. What waits here still counts against the stream's bytes, so an agent that does not read stalls itself.
/// </summary>
internal sealed class Outbox(ByteBudget inFlight, DeviceWitness witness, TimeProvider time)
{
    // A message that is broken off breaks off its whole call, and the agent would not hear why the stream ends: one that is on its way may
    // arrive, unless the agent reads nothing.
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private List<ServerMessage> _messages = [];
    private long _bytes;
    private Acknowledgement? _acknowledged;
    private bool? _traffic;

    /// <summary>Bytes that arrived and are not acknowledged.</summary>
    public ByteBudget InFlight => inFlight;

    /// <summary>Tells the agent what became of some of its reports.</summary>
    /// <param name="refused">Reports that will never be stored.</param>
    /// <param name="lastSequence">The high-water mark.</param>
    /// <param name="bytes">What the reports took of the stream's bytes in flight.</param>
    public void Settle(IEnumerable<ReportRefused> refused, long lastSequence, long bytes)
    {
        lock (_gate)
        {
            foreach (var report in refused) _messages.Add(new ServerMessage { ReportRefused = report });
            _acknowledged ??= new Acknowledgement();
            _acknowledged.LastSequence = (ulong)lastSequence;
            _bytes += bytes;
        }
        _wake.Writer.TryWrite(true);
    }

    /// <summary>Asks the agent for all its facts.</summary>
    public void AskForAll()
    {
        lock (_gate) _messages.Add(new ServerMessage { Refresh = new Refresh() });
        _wake.Writer.TryWrite(true);
    }

    /// <summary>Sends an order.</summary>
    public void Order(ServerMessage order)
    {
        lock (_gate) _messages.Add(order);
        _wake.Writer.TryWrite(true);
    }

    /// <summary>Tells the agent whether somebody watches its traffic now; only the last word is sent.</summary>
    public void AskForTraffic(bool isWatched)
    {
        lock (_gate) _traffic = isWatched;
        _wake.Writer.TryWrite(true);
    }

    /// <summary>Sends what comes in until the token ends it; a message that is being sent then has a few seconds to arrive.</summary>
    public async Task SendAsync(IServerStreamWriter<ServerMessage> agent, CancellationToken ct)
    {
        using var broken = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var end = ct.Register(() => broken.CancelAfter(Grace));
        await foreach (var _ in _wake.Reader.ReadAllAsync(ct))
        {
            var (messages, bytes) = TakeAll();
            foreach (var message in messages)
            {
                ct.ThrowIfCancellationRequested();
                await agent.WriteAsync(message, broken.Token);
            }
            inFlight.Return(bytes);
        }
    }

    private Acknowledgement WithCheckpoint(Acknowledgement acknowledged)
    {
        if (witness.Next() is { } note) acknowledged.Checkpoint = UnsafeByteOperations.UnsafeWrap(note);
        return acknowledged;
    }

    private (List<ServerMessage> Messages, long Bytes) TakeAll()
    {
        lock (_gate)
        {
            var taken = (_messages, _bytes);
            if (_traffic is { } isWatched) _messages.Add(new ServerMessage { Settings = new Settings { LiveTraffic = isWatched } });
            if (_acknowledged is not null) _messages.Add(new ServerMessage { Acknowledgement = WithCheckpoint(_acknowledged) });
            (_messages, _bytes, _acknowledged, _traffic) = ([], 0, null, null);
            return taken;
        }
    }
}
