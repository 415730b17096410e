using System.Collections.Concurrent;
using System.Threading.Channels;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Sandbox.Protocol;

namespace Sandbox.Tests.Uplink;

/// <summary>What the test's server saw on streams, and how it is to behave.</summary>
internal sealed class StreamScript
{
    /// <summary>The high-water mark that it welcomes with; rises as it acknowledges.</summary>
    public ulong Known { get; set; }

    /// <summary>Hash of the report that it has at its mark. Null: it does not say.</summary>
    public byte[]? KnownHash { get; set; }

    /// <summary>Whether it says welcome.</summary>
    public bool Welcomes { get; set; } = true;

    /// <summary>Whether it acknowledges.</summary>
    public bool Acknowledges { get; set; } = true;

    /// <summary>Thrown in place of a welcome.</summary>
    public RpcException? TurnsAway { get; set; }

    /// <summary>Which reports it refuses for good.</summary>
    public Func<Report, bool> Refuses { get; set; } = _ => false;

    /// <summary>Sent with the next acknowledgement.</summary>
    public byte[]? Checkpoint { get; set; }

    /// <summary>Sent at once on the open stream.</summary>
    public Channel<ServerMessage> Says { get; } = Channel.CreateUnbounded<ServerMessage>();

    public ConcurrentQueue<Hello> Hellos { get; } = [];

    /// <summary>Serial numbers of the certificates that streams came with.</summary>
    public ConcurrentQueue<string> Serials { get; } = [];

    /// <summary>Every message's reports, in the order of arrival.</summary>
    public ConcurrentQueue<IReadOnlyList<SignedReport>> Messages { get; } = [];

    /// <summary>Live traffic that came.</summary>
    public ConcurrentQueue<LiveTraffic> Seconds { get; } = [];

    /// <summary>What was said of seeded faults.</summary>
    public ConcurrentQueue<FaultEvent> Faults { get; } = [];

    /// <summary>Cancelled to end the streams that are open.</summary>
    public CancellationTokenSource Ends { get; set; } = new();

    public IEnumerable<Report> Reports => Messages.SelectMany(m => m).Select(s => Report.Parser.ParseFrom(s.Report));

    public static RpcException Refusal(Reason reason, StatusCode status, string words) => new(
        new Status(status, words),
        new Metadata { { Wire.ReasonTrailer, ReasonReflection.Descriptor.EnumTypes[0].FindValueByNumber((int)reason).Name } });
}

/// <summary>Plays a <see cref="StreamScript"/>.</summary>
internal sealed class ScriptedTelemetry(StreamScript script) : Telemetry.TelemetryBase
{
    public override async Task Stream(IAsyncStreamReader<AgentMessage> agent, IServerStreamWriter<ServerMessage> reply, ServerCallContext call)
    {
        script.Serials.Enqueue(call.GetHttpContext().Connection.ClientCertificate?.SerialNumber ?? "none");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(call.CancellationToken, script.Ends.Token);
        using var one = new SemaphoreSlim(1);
        await agent.MoveNext(end.Token);
        script.Hellos.Enqueue(agent.Current.Hello);
        if (script.TurnsAway is { } refusal) throw refusal;
        if (!script.Welcomes) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, end.Token);
        var welcome = new Welcome { LastSequence = script.Known, ServerTime = LabAuthority.Now.ToTimestamp(), ProtocolVersion = 1 };
        if (script.KnownHash is { } hash) welcome.LastHash = ByteString.CopyFrom(hash);
        await reply.WriteAsync(new ServerMessage { Welcome = welcome });

        var saying = SayAsync(reply, one, end.Token);
        await foreach (var message in agent.ReadAllAsync(end.Token))
        {
            if (message.LiveTraffic is { } second) script.Seconds.Enqueue(second);
            else if (message.FaultEvent is { } happened) script.Faults.Enqueue(happened);
            else await TakeAsync(message.Reports, reply, one);
        }
        await end.CancelAsync();
        await saying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task SayAsync(IServerStreamWriter<ServerMessage> reply, SemaphoreSlim one, CancellationToken ct)
    {
        await foreach (var message in script.Says.Reader.ReadAllAsync(ct)) await WriteAsync(reply, one, message);
    }

    private async Task TakeAsync(Reports reports, IServerStreamWriter<ServerMessage> reply, SemaphoreSlim one)
    {
        script.Messages.Enqueue([.. reports.Reports_]);
        var stored = script.Known;
        foreach (var signed in reports.Reports_)
        {
            var report = Report.Parser.ParseFrom(signed.Report);
            if (!script.Refuses(report)) stored = report.Sequence;
            else await WriteAsync(reply, one, new ServerMessage { ReportRefused = new ReportRefused { Hash = ByteString.CopyFrom(ReportHash.Of(EnrolledDevice.Device, signed.Report.Span)), Reason = Reason.ReportMalformed, Message = "it is malformed" } });
        }

        // Only what is stored: a refused report raises nothing.
        if (!script.Acknowledges || stored == script.Known) return;

        script.Known = stored;
        var acknowledgement = new Acknowledgement { LastSequence = script.Known };
        if (script.Checkpoint is { } checkpoint) acknowledgement.Checkpoint = ByteString.CopyFrom(checkpoint);
        await WriteAsync(reply, one, new ServerMessage { Acknowledgement = acknowledgement });
    }

    private static async Task WriteAsync(IServerStreamWriter<ServerMessage> reply, SemaphoreSlim one, ServerMessage message)
    {
        await one.WaitAsync();
        await reply.WriteAsync(message);
        one.Release();
    }
}
