using Sandbox.Protocol;

namespace Sandbox.Tests.Uplink;

/// <summary>Live traffic goes beside the reports, only while the server asks for it.</summary>
public sealed class LiveTrafficLane : IAsyncLifetime
{
    private readonly LabAuthority _authority = new();
    private LabServer _server = null!;
    private EnrolledDevice _device = null!;
    private RunningUplink _uplink = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await LabServer.StartAsync(_authority);
        _device = new EnrolledDevice(_authority, _server.Address);
        _uplink = new RunningUplink(_device);
    }

    public async ValueTask DisposeAsync()
    {
        await _uplink.DisposeAsync();
        _device.Dispose();
        await _server.DisposeAsync();
        _authority.Dispose();
    }

    [Fact]
    public async Task It_comes_when_it_is_asked_for_and_reports_go_on()
    {
        _uplink.Start();
        await RunningUplink.Until(() => !_server.Streams.Hellos.IsEmpty, "no hello came");
        _uplink.Live.Offer(new LiveTraffic { MeasuredMs = 1 });

        await SayAsync(true);
        await RunningUplink.Until(() => _uplink.Live.Wanted, "the agent did not hear it");
        _uplink.Live.Offer(new LiveTraffic { MeasuredMs = 2 });
        await RunningUplink.Until(() => !_server.Streams.Seconds.IsEmpty, "no traffic came");
        await _uplink.Put("a");
        await RunningUplink.Until(() => _server.Streams.Reports.Any(), "no report came");

        Assert.Equal([2u], _server.Streams.Seconds.Select(second => second.MeasuredMs));
    }

    [Fact]
    public async Task It_ends_when_nobody_watches_any_more()
    {
        _uplink.Start();
        await SayAsync(true);
        await RunningUplink.Until(() => _uplink.Live.Wanted, "the agent did not hear it");

        await SayAsync(false);
        await RunningUplink.Until(() => !_uplink.Live.Wanted, "the agent did not hear it");
        _uplink.Live.Offer(new LiveTraffic { MeasuredMs = 3 });
        await _uplink.Put("a");
        await RunningUplink.Until(() => _server.Streams.Reports.Any(), "no report came");

        Assert.Empty(_server.Streams.Seconds);
    }

    [Fact]
    public async Task A_new_stream_is_not_asked_until_the_server_says_so_again()
    {
        _uplink.Start();
        await SayAsync(true);
        await RunningUplink.Until(() => _uplink.Live.Wanted, "the agent did not hear it");

        var ends = _server.Streams.Ends;
        _server.Streams.Ends = new CancellationTokenSource();
        await ends.CancelAsync();
        await RunningUplink.Until(() => _server.Streams.Hellos.Count > 1, "no second stream came");

        await RunningUplink.Until(() => !_uplink.Live.Wanted, "it went on");
    }

    private async Task SayAsync(bool isWatched) =>
        await _server.Streams.Says.Writer.WriteAsync(new ServerMessage { Settings = new Settings { LiveTraffic = isWatched } }, TestContext.Current.CancellationToken);
}
