using System.Threading.Channels;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Sandbox.Agent.Identity;
using Sandbox.Protocol;

namespace Sandbox.Agent.Faults;

/// <summary>
/// Carries orders for seeded faults to the helper, and tells the server how they stand: of each with every new stream, and then what changes. The helper's lease is renewed only here, so
/// only while there is a stream.
/// </summary>
internal sealed class FaultLane(FaultSocket helper, FaultConsent consent, TimeProvider time)
{
    /// <summary>How often the lease is renewed and is looked how they stand.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(20);

    private const int MostWaiting = 16;

    // An order that finds no room comes again with the next stream.
    private readonly Channel<ServerMessage> _orders = Channel.CreateBounded<ServerMessage>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Takes an order, or what withdraws one.</summary>
    public void Take(ServerMessage order) => _orders.Writer.TryWrite(order);

    /// <summary>Serves a stream until it closes. One that breaks is others' to notice.</summary>
    /// <param name="server">The stream.</param>
    /// <param name="clockOffset">This machine's clock minus the server's.</param>
    /// <param name="close">Nothing more is to be sent.</param>
    /// <param name="end">Ends the call.</param>
    public async Task ServeAsync(IClientStreamWriter<AgentMessage> server, TimeSpan clockOffset, CancellationToken close, CancellationToken end)
    {
        var told = new Dictionary<ByteString, FaultState>();
        try
        {
            while (true)
            {
                foreach (var happened in await LookAsync(clockOffset, told, close)) await server.WriteAsync(new AgentMessage { FaultEvent = happened }, end);
                await WaitAsync(close);
            }
        }
        catch (Exception fault) when (StreamEnd.Shows(fault))
        {
            // Over.
        }
    }

    private async Task<List<FaultEvent>> LookAsync(TimeSpan clockOffset, Dictionary<ByteString, FaultState> told, CancellationToken ct)
    {
        var happened = new List<FaultEvent>();
        while (_orders.Reader.TryRead(out var order))
            if (await CarryOutAsync(order, clockOffset, ct) is { } refused) happened.Add(refused);
        if (await helper.AskAsync(new HelperRequest { Keep = new KeepFaults() }, ct) is not { } answer) return happened;
        if (!consent.IsGiven) answer = await UndoneAsync(answer, ct);
        happened.AddRange(answer.Records.Where(one => one.State != FaultState.Prepared && told.GetValueOrDefault(one.Id) != one.State).Select(Event));
        foreach (var record in answer.Records) told[record.Id] = record.State;
        return happened;
    }

    // An event when it is refused; what was done is seen in the records.
    private async Task<FaultEvent?> CarryOutAsync(ServerMessage message, TimeSpan clockOffset, CancellationToken ct)
    {
        if (message.FaultWithdrawn is { } withdrawn)
        {
            await helper.AskAsync(new HelperRequest { Undo = new UndoFault { Id = withdrawn.Id } }, ct);
            return null;
        }

        var order = message.FaultOrder;
        if (!consent.IsGiven) return Refused(order, FaultRefusal.NotAllowed, "this machine's owner did not allow seeded faults when it was enrolled, or took it back");
        var until = (order.Until?.ToDateTimeOffset() ?? DateTimeOffset.UnixEpoch) + clockOffset;
        var (answer, isThere) = await helper.TryAskAsync(new HelperRequest { Apply = new ApplyFault { Id = order.Id, Fault = order.Fault, Until = until.ToTimestamp() } }, ct);
        // One that does not answer may apply it yet; its records tell.
        if (answer is null) return isThere ? null : Refused(order, FaultRefusal.HelperAbsent, "the package sandbox-agent-faults is not installed on this machine, or its service does not run");
        return answer.HasRefused ? Refused(order, FaultRefusal.CannotHere, answer.Refused) : null;
    }

    private async Task<HelperAnswer> UndoneAsync(HelperAnswer answer, CancellationToken ct)
    {
        foreach (var record in answer.Records.Where(one => one.State is FaultState.Prepared or FaultState.Applied))
            answer = await helper.AskAsync(new HelperRequest { Undo = new UndoFault { Id = record.Id } }, ct) ?? answer;
        return answer;
    }

    private async Task WaitAsync(CancellationToken ct)
    {
        // One wait at a time, whichever way it ends: an abandoned one would take the next order for itself.
        using var round = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(_orders.Reader.WaitToReadAsync(round.Token).AsTask(), Task.Delay(Every, time, round.Token));
        await round.CancelAsync();
        ct.ThrowIfCancellationRequested();
    }

    private FaultEvent Refused(FaultOrder order, FaultRefusal why, string words) => new() { Id = order.Id, State = FaultState.Refused, At = time.GetUtcNow().ToTimestamp(), Refusal = why, Words = words };

    // One that is still being undone has a cause already, which is not told before it is.
    private static FaultEvent Event(FaultRecord record) => new()
    {
        Id = record.Id, State = record.State, At = record.SettledAt ?? record.AppliedAt, Place = record.Place, Seeded = record.Seeded,
        Cause = record.State == FaultState.Undone ? record.Cause : FaultUndoCause.Unspecified,
    };
}
