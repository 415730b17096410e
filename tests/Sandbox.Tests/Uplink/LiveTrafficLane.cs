using Grpc.Core;
using Sandbox.Agent.Uplink;
using Sandbox.Protocol;

namespace Sandbox.Tests.Uplink;

/// <summary>Live traffic goes beside the reports, only while the server asks for it.</summary>
public sealed class LiveTrafficLane : UplinkTest
{
    [Fact]
    public async Task It_comes_when_it_is_asked_for_and_reports_go_on()
    {
        Uplink.Start();
        await RunningUplink.Until(() => !Script.Hellos.IsEmpty, "no hello came");
        Uplink.Live.Offer(new LiveTraffic { MeasuredMs = 1 });

        await SayAsync(true);
        await RunningUplink.Until(() => Uplink.Live.Wanted, "the agent did not hear it");
        Uplink.Live.Offer(new LiveTraffic { MeasuredMs = 2 });
        await RunningUplink.Until(() => !Script.Seconds.IsEmpty, "no traffic came");
        await Uplink.Put("a");
        await RunningUplink.Until(() => Script.Reports.Any(), "no report came");

        Assert.Equal([2u], Script.Seconds.Select(second => second.MeasuredMs));
    }

    [Fact]
    public async Task It_ends_when_nobody_watches_any_more()
    {
        Uplink.Start();
        await SayAsync(true);
        await RunningUplink.Until(() => Uplink.Live.Wanted, "the agent did not hear it");

        await SayAsync(false);
        await RunningUplink.Until(() => !Uplink.Live.Wanted, "the agent did not hear it");
        Uplink.Live.Offer(new LiveTraffic { MeasuredMs = 3 });
        await Uplink.Put("a");
        await RunningUplink.Until(() => Script.Reports.Any(), "no report came");

        Assert.Empty(Script.Seconds);
    }

    [Fact]
    public async Task A_new_stream_is_not_asked_until_theServer_says_so_again()
    {
        Uplink.Start();
        await SayAsync(true);
        await RunningUplink.Until(() => Uplink.Live.Wanted, "the agent did not hear it");

        await Break();
        await Stream(2);

        await RunningUplink.Until(() => !Uplink.Live.Wanted, "it went on");
    }

    [Fact]
    public async Task A_connection_that_goes_under_a_write_is_others_to_notice()
    {
        var lane = new LiveLane { Wanted = true };
        var sending = lane.SendAsync(new GoneUnder(), Ct, Ct);

        lane.Offer(new LiveTraffic { MeasuredMs = 4 });

        await sending.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Ct);
    }

    private async Task SayAsync(bool isWatched) =>
        await Script.Says.Writer.WriteAsync(new ServerMessage { Settings = new Settings { LiveTraffic = isWatched } }, Ct);

    // As HTTP/2's handler does when the server ends the connection while a message is written.
    private sealed class GoneUnder : IClientStreamWriter<AgentMessage>
    {
        public WriteOptions? WriteOptions { get; set; }

        public Task CompleteAsync() => Task.CompletedTask;

        public Task WriteAsync(AgentMessage message) => throw new IOException("The request was aborted.");

        public Task WriteAsync(AgentMessage message, CancellationToken cancellationToken) => WriteAsync(message);
    }
}
