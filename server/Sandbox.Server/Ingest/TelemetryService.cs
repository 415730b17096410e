using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Sandbox.Protocol;
using Sandbox.Server.Devices;
using Sandbox.Server.Faults;
using Sandbox.Server.Live;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Ingest;

/// <summary>The one long stream of a device: a thin adapter between gRPC and the ingest.</summary>
internal sealed class TelemetryService(
    Ingest ingest, CloneCheck clones, Refused refused, Heartbeat heartbeat, TrafficNow traffic, TrafficWatchers watchers, FaultDesk faults, IHostApplicationLifetime server, TimeProvider time)
    : Telemetry.TelemetryBase
{
    private static readonly TimeSpan HelloTimeout = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public override async Task Stream(
        IAsyncStreamReader<AgentMessage> requestStream, IServerStreamWriter<ServerMessage> responseStream, ServerCallContext context)
    {
        var hello = await HelloAsync(requestStream, context);
        var peer = Refused.PeerOf(context);
        if (context.Device.Superseded) throw Ended(context, await clones.SupersededAsync(context.Device, hello, peer, context.CancellationToken));
        var (session, stream) = await ingest.OpenAsync(context.Device, hello, peer);
        if (stream is null) throw Ended(context, session.Refused);
        try
        {
            stream.Copies = await clones.LookAsync(context.Device.Id, hello, context.CancellationToken);
            if (stream.Open.Why == Reason.DeviceQuarantined) throw Ended(context, stream.Open.Why);
            await responseStream.WriteAsync(Welcome(session, hello), context.CancellationToken);
            if (heartbeat != Heartbeat.Default) await responseStream.WriteAsync(Wishes(), context.CancellationToken);
            if (session.EpochIsNew || !session.HasFacts) stream.Outbox.AskForAll();
            stream.ClockOffset = ReportForm.IsInstant(hello.Clock) ? hello.Clock.ToDateTimeOffset() - time.GetUtcNow() : TimeSpan.Zero;
            await ServeAsync(stream, requestStream, responseStream, context);
        }
        finally
        {
            ingest.Close(stream);
            traffic.Forget(stream.Device);
        }
    }

    private async Task ServeAsync(
        ReportStream stream, IAsyncStreamReader<AgentMessage> agent, IServerStreamWriter<ServerMessage> reply, ServerCallContext call)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(call.CancellationToken, stream.Open.Closed, server.ApplicationStopping);
        using var watching = watchers.Join(stream.Device, stream.Outbox.AskForTraffic);
        var sending = stream.Outbox.SendAsync(reply, end.Token);
        try
        {
            using var seeding = await faults.JoinAsync(stream.Device, stream.Outbox.Order, end.Token);
            await ReceiveAsync(stream, agent, call, end.Token);
            await stream.InFlight.EmptyAsync(end.Token);
        }
        catch (OperationCanceledException) when (!call.CancellationToken.IsCancellationRequested)
        {
            throw Ended(call, stream.Open.Why);
        }
        finally
        {
            await end.CancelAsync();
            // Its only faults are those of a peer that has gone, and the end.
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReceiveAsync(ReportStream stream, IAsyncStreamReader<AgentMessage> agent, ServerCallContext call, CancellationToken ct)
    {
        await foreach (var message in agent.ReadAllAsync(ct))
        {
            if (message.ContentCase == AgentMessage.ContentOneofCase.Hello)
                throw refused.Because(call, StatusCode.InvalidArgument, Reason.HelloExpected, "A stream has one hello: a second one came.");
            if (message.ContentCase == AgentMessage.ContentOneofCase.LiveTraffic) traffic.Take(stream.Device, message.LiveTraffic);
            if (message.ContentCase == AgentMessage.ContentOneofCase.FaultEvent) await faults.TakeAsync(stream.Device, message.FaultEvent, stream.ClockOffset, ct);
            if (message.ContentCase != AgentMessage.ContentOneofCase.Reports) continue;
            if (message.Reports.Reports_.Count > Wire.MostReportsPerMessage)
                throw refused.Because(call, StatusCode.InvalidArgument, Reason.ReportMalformed, $"A message holds {Wire.MostReportsPerMessage} reports at most.");
            await ingest.HandAsync(stream, message.Reports.Reports_, ct);
        }
    }

    private async Task<Hello> HelloAsync(IAsyncStreamReader<AgentMessage> agent, ServerCallContext call)
    {
        using var patience = new CancellationTokenSource(HelloTimeout, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, call.CancellationToken);
        AgentMessage? first = null;
        try
        {
            if (await agent.MoveNext(end.Token)) first = agent.Current;
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // Nothing came in time: the check says so.
        }
        var (hello, status, reason, words) = HelloCheck.Of(first);
        return hello ?? throw refused.Because(call, status, reason, words);
    }

    // Agents beat once a minute without being asked.
    private ServerMessage Wishes() => new() { Settings = new Settings { HeartbeatSeconds = (uint)heartbeat.Every.TotalSeconds } };

    private ServerMessage Welcome(SessionOpened session, Hello hello)
    {
        var welcome = new Welcome
        {
            LastSequence = (ulong)session.LastSequence,
            ServerTime = Timestamp.FromDateTimeOffset(time.GetUtcNow()),
            ProtocolVersion = Math.Min(hello.ProtocolVersion, Wire.ProtocolVersion),
        };
        if (session.LastHash is { } hash) welcome.LastHash = UnsafeByteOperations.UnsafeWrap(hash);
        return new ServerMessage { Welcome = welcome };
    }

    // A stream that was superseded or that the store failed is no refusal for the mentor's page: the agent is back in a moment.
    private RpcException Ended(ServerCallContext call, Reason why)
    {
        var (status, words) = Closing.For(why);
        return status == StatusCode.PermissionDenied ? refused.Because(call, status, why, words) : refused.Closing(call, status, why, words);
    }
}
