using System.Text;
using Sandbox.Protocol;

namespace Sandbox.Tests.Uplink;

/// <summary>What a server says beside acknowledgements, and what the agent makes of it.</summary>
public sealed class ServersWords : IAsyncLifetime
{
    private readonly LabAuthority _authority = new();
    private LabServer _server = null!;
    private EnrolledDevice _device = null!;
    private RunningUplink _uplink = null!;

    private StreamScript Script => _server.Streams;

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
    public async Task The_servers_heartbeat_is_heeded()
    {
        _uplink.Start();

        await Script.Says.Writer.WriteAsync(new ServerMessage { Settings = new Settings { HeartbeatSeconds = 15 } }, TestContext.Current.CancellationToken);

        await RunningUplink.Until(() => _uplink.Heartbeat == TimeSpan.FromSeconds(15), "the heartbeat did not change");
    }

    [Fact]
    public async Task A_heartbeat_out_of_range_is_brought_into_it()
    {
        _uplink.Start();

        await Script.Says.Writer.WriteAsync(new ServerMessage { Settings = new Settings { HeartbeatSeconds = 1 } }, TestContext.Current.CancellationToken);

        await RunningUplink.Until(() => _uplink.Heartbeat == TimeSpan.FromSeconds(10), "the heartbeat did not change");
    }

    [Fact]
    public async Task A_refresh_asks_the_collectors()
    {
        _uplink.Start();

        await Script.Says.Writer.WriteAsync(new ServerMessage { Refresh = new Refresh { Facts = { 5, 6 } } }, TestContext.Current.CancellationToken);

        Assert.Equal([Fact.KindOneofCase.Accounts, Fact.KindOneofCase.PasswordPolicy], await _uplink.Refresh.NextAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_message_of_a_newer_server_is_passed_over()
    {
        _uplink.Start();
        await Script.Says.Writer.WriteAsync(new ServerMessage(), TestContext.Current.CancellationToken);

        await _uplink.Put("a");
        await Acknowledged(1);

        Assert.Single(Script.Hellos);
    }

    [Fact]
    public async Task The_latest_checkpoint_is_kept_and_named_at_the_next_hello()
    {
        Script.Checkpoint = Encoding.UTF8.GetBytes("sandbox log\n1\nroot\n\n— log signature\n");
        _uplink.Start();
        await _uplink.Put("a");
        await Acknowledged(1);

        await Break();
        await Stream(2);

        Assert.False(Script.Hellos.First().HasLastCheckpoint);
        Assert.Equal(Script.Checkpoint, Script.Hellos.Last().LastCheckpoint.ToByteArray());
    }

    [Theory]
    [InlineData("sandbox log\n6\nroot\n\n— log signature\n", false)]
    [InlineData("no checkpoint", false)]
    [InlineData("sandbox log\n7\nother root\n\n— log signature\n", true)]
    [InlineData("another log\n1\nroot\n\n— log signature\n", true)]
    public async Task A_smaller_checkpoint_of_the_same_log_takes_no_testimony_away(string came, bool isKept)
    {
        const string Kept = "sandbox log\n7\nroot\n\n— log signature\n";
        _uplink.Start();
        foreach (var (number, checkpoint) in new[] { Kept, came }.Index())
        {
            Script.Checkpoint = Encoding.UTF8.GetBytes(checkpoint);
            await _uplink.Put($"{number}");
            await Acknowledged((ulong)number + 1);
        }

        await Break();
        await Stream(2);

        Assert.Equal(isKept ? came : Kept, Script.Hellos.Last().LastCheckpoint.ToStringUtf8());
    }

    private Task Stream(int number) => RunningUplink.Until(() => Script.Hellos.Count >= number, $"stream {number} did not come");

    private Task Acknowledged(ulong sequence) => RunningUplink.Until(
        () => _uplink.Spool.Acknowledged >= sequence, $"{sequence} was not acknowledged; {_uplink.Status?.LastTrouble}");

    private async Task Break()
    {
        var ends = Script.Ends;
        Script.Ends = new CancellationTokenSource();
        await ends.CancelAsync();
    }
}
