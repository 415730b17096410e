using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Sandbox.Agent.Identity;
using Sandbox.Protocol;

namespace Sandbox.Agent.Uplink;

/// <summary>One stream from hello to its end.</summary>
internal sealed class ReportStream(Cargo cargo, UplinkTimes times, UplinkBook book, TimeProvider time, ILogger<ReportStream> logger)
{
    private static readonly TimeSpan _aliveEvery = TimeSpan.FromMinutes(1);

    /// <summary>As `sandbox-agent --version` prints it.</summary>
    public static string AgentVersion { get; } =
        typeof(ReportStream).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>Runs until the server or the network ends it (an exception), or until it is asked to close.</summary>
    /// <param name="client">The server.</param>
    /// <param name="close">Asks for an orderly close: what is there is still handed over, for a short time.</param>
    /// <exception cref="RpcException">The stream broke or was refused.</exception>
    /// <exception cref="TimeoutException">The server let us wait too long.</exception>
    public async Task RunAsync(Telemetry.TelemetryClient client, CancellationToken close)
    {
        using var inFlight = new InFlight(times.Acknowledgement, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(inFlight.Overdue);
        using var call = client.Stream(cancellationToken: end.Token);
        try
        {
            var welcome = await GreetAsync(call, end, close);
            if (!await AgreeAsync(welcome, close)) return;
            await TalkAsync(call, inFlight, welcome.LastSequence, end, close);
        }
        catch (Exception fault) when (inFlight.Overdue.IsCancellationRequested && fault is RpcException or OperationCanceledException)
        {
            throw new TimeoutException($"the server did not acknowledge within {times.Acknowledgement.TotalSeconds:0} s", fault);
        }
        finally
        {
            await end.CancelAsync();
        }
    }

    private async Task<Welcome> GreetAsync(AsyncDuplexStreamingCall<AgentMessage, ServerMessage> call, CancellationTokenSource end, CancellationToken close)
    {
        using var patience = new CancellationTokenSource(times.Welcome, time);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, close);
        await using var stop = giveUp.Token.UnsafeRegister(static e => ((CancellationTokenSource)e!).Cancel(), end);
        var hello = new AgentMessage { Hello = Hello() };
        try
        {
            await call.RequestStream.WriteAsync(hello, end.Token);
            if (!await call.ResponseStream.MoveNext(end.Token)) throw Closed();
        }
        catch (Exception fault) when (StreamEnd.Shows(fault))
        {
            close.ThrowIfCancellationRequested();
            if (patience.IsCancellationRequested) throw new TimeoutException($"the server did not welcome this device within {times.Welcome.TotalSeconds:0} s", fault);
            if (fault is RpcException) throw;
            // A refusal may show as a failed write; the response says why.
            await call.ResponseStream.MoveNext(CancellationToken.None);
            throw Closed();
        }

        return call.ResponseStream.Current.Welcome
            ?? throw new RpcException(new Status(StatusCode.Internal, "the server answered the hello with something else than a welcome"));
    }

    private static RpcException Closed() => new(new Status(StatusCode.Unavailable, "the server closed the stream"));

    /// <summary>
    /// The server says that this identity is in two places. Should a person let this machine go on, it must not meet what the other one sent, or what
    /// it sent itself before it was set back: a new epoch begins, with all that the server has not acknowledged.
    /// </summary>
    public async Task PartAsync(CancellationToken ct)
    {
        if (cargo.Spool.Offered.Sequence > 0) await cargo.Writer.BeginEpochAsync(ct);
    }

    // Whether the server's high-water mark and the spool fit together. If not there is now a new epoch, and a new hello is due.
    private async Task<bool> AgreeAsync(Welcome welcome, CancellationToken ct)
    {
        book.Connected(welcome.ServerTime is { } theirs ? time.GetUtcNow() - theirs.ToDateTimeOffset() : null);
        var isAhead = welcome.LastSequence > cargo.Spool.Offered.Sequence;
        if (isAhead || IsOfAnother(welcome))
        {
            if (isAhead) book.SetBack(welcome.LastSequence, cargo.Spool.Offered.Sequence);
            else book.Forked(welcome.LastSequence);
            await cargo.Writer.BeginEpochAsync(ct);
            return false;
        }

        if (welcome.LastSequence < cargo.Spool.Acknowledged)
        {
            cargo.Spool.Unacknowledge(welcome.LastSequence);
            cargo.Wishes.Refresh.Ask([]);
        }

        cargo.Spool.Acknowledge(welcome.LastSequence);
        return true;
    }

    // A spool that was set back, or a copy, may have grown past the server by what only this machine has.
    private bool IsOfAnother(Welcome welcome) =>
        welcome.HasLastHash && cargo.Spool.ReportAt(welcome.LastSequence) is { } ours && !welcome.LastHash.Span.SequenceEqual(cargo.Signer.Hash(ours.Span));

    private async Task TalkAsync(
        AsyncDuplexStreamingCall<AgentMessage, ServerMessage> call, InFlight inFlight, ulong known, CancellationTokenSource end, CancellationToken close)
    {
        // Pings keep the stream honest between reports, so an open stream is a live one.
        await using var alive = time.CreateTimer(_ => book.Heard(), null, _aliveEvery, _aliveEvery);
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(close, end.Token);
        using var server = new SharedWriter<AgentMessage>(call.RequestStream);
        cargo.Live.Wanted = false;
        var showing = cargo.Live.SendAsync(server, closing.Token, end.Token);
        var seeding = cargo.Faults.ServeAsync(server, book.ClockOffset ?? TimeSpan.Zero, closing.Token, end.Token);
        var receiving = ReceiveAsync(call.ResponseStream, inFlight, end.Token);
        var sending = SendAsync(server, inFlight, known, closing.Token, end.Token);
        try
        {
            await EndAsync(sending, receiving, end, close);
        }
        finally
        {
            await end.CancelAsync();
            await Task.WhenAll(showing, seeding);
        }
    }

    private async Task EndAsync(Task sending, Task receiving, CancellationTokenSource end, CancellationToken close)
    {
        await Task.WhenAny(receiving, sending);
        if (!sending.IsCompletedSuccessfully && !receiving.IsCompleted) await PatientlyAsync(receiving);
        if (!sending.IsCompletedSuccessfully)
        {
            // Broken, or ended by the server: the response says why.
            await end.CancelAsync();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await receiving;
            if (!close.IsCancellationRequested) throw Closed();
        }

        await PatientlyAsync(receiving);
    }

    private async Task PatientlyAsync(Task task) =>
        await task.WaitAsync(times.Farewell, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task ReceiveAsync(IAsyncStreamReader<ServerMessage> server, InFlight inFlight, CancellationToken ct)
    {
        var messages = new ServerMessages(cargo, inFlight, logger);
        await foreach (var message in server.ReadAllAsync(ct))
        {
            await messages.HandleAsync(message, ct);
            book.Heard();
        }
    }

    private async Task SendAsync(IClientStreamWriter<AgentMessage> server, InFlight inFlight, ulong known, CancellationToken close, CancellationToken end)
    {
        using var reader = new SpoolReader(cargo.Spool, known + 1);
        try
        {
            while (true)
            {
                await inFlight.RoomAsync(close);
                if (Batches.Next(reader) is not { } batch)
                {
                    await reader.WaitAsync(close);
                    continue;
                }

                inFlight.Sent(batch.First, batch.Last);
                cargo.Spool.Offer(batch.Last, batch.Message.Reports_[^1].Report);
                await server.WriteAsync(new AgentMessage { Reports = batch.Message }, end);
            }
        }
        catch (OperationCanceledException) when (close.IsCancellationRequested && !end.IsCancellationRequested)
        {
            await FarewellAsync(server, inFlight, reader);
        }
    }

    // Hands over what is there, but not for long; what the server does not acknowledge now goes again with the next stream.
    private async Task FarewellAsync(IClientStreamWriter<AgentMessage> server, InFlight inFlight, SpoolReader reader)
    {
        using var patience = new CancellationTokenSource(times.Farewell, time);
        try
        {
            while (Batches.Next(reader) is { } batch)
            {
                await inFlight.RoomAsync(patience.Token);
                inFlight.Sent(batch.First, batch.Last);
                cargo.Spool.Offer(batch.Last, batch.Message.Reports_[^1].Report);
                await server.WriteAsync(new AgentMessage { Reports = batch.Message }, patience.Token);
            }

            await inFlight.EmptyAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // Not all of it: it stays in the spool.
        }

        await server.CompleteAsync();
    }

    private Hello Hello()
    {
        var hello = new Hello
        {
            ProtocolVersion = Wire.ProtocolVersion,
            Epoch = ByteString.CopyFrom(cargo.Spool.Epoch),
            AgentVersion = AgentVersion,
            Clock = time.GetUtcNow().ToTimestamp(),
        };
        cargo.Machine.Introduce(hello);
        var (sequence, report) = cargo.Spool.Offered;
        hello.LastSequence = sequence;
        if (report is not null) hello.LastHash = ByteString.CopyFrom(cargo.Signer.Hash(report.Span));
        if (cargo.Checkpoint.Read() is { } checkpoint) hello.LastCheckpoint = ByteString.CopyFrom(checkpoint);
        return hello;
    }
}
