using System.Text;
using Sandbox.Protocol;

namespace Sandbox.Tests.Uplink;

/// <summary>What a server says beside acknowledgements, and what the agent makes of it.</summary>
public sealed class ServersWords : UplinkTest
{
    [Fact]
    public async Task TheServers_heartbeat_is_heeded()
    {
        Uplink.Start();

        await Script.Says.Writer.WriteAsync(new ServerMessage { Settings = new Settings { HeartbeatSeconds = 15 } }, Ct);

        await RunningUplink.Until(() => Uplink.Heartbeat == TimeSpan.FromSeconds(15), "the heartbeat did not change");
    }

    [Fact]
    public async Task A_heartbeat_out_of_range_is_brought_into_it()
    {
        Uplink.Start();

        await Script.Says.Writer.WriteAsync(new ServerMessage { Settings = new Settings { HeartbeatSeconds = 1 } }, Ct);

        await RunningUplink.Until(() => Uplink.Heartbeat == TimeSpan.FromSeconds(10), "the heartbeat did not change");
    }

    [Fact]
    public async Task A_refresh_asks_the_collectors()
    {
        Uplink.Start();

        await Script.Says.Writer.WriteAsync(new ServerMessage { Refresh = new Refresh { Facts = { 5, 6 } } }, Ct);

        Assert.Equal([Fact.KindOneofCase.Accounts, Fact.KindOneofCase.PasswordPolicy], await Uplink.Refresh.NextAsync(Ct));
    }

    [Fact]
    public async Task A_message_of_a_newerServer_is_passed_over()
    {
        Uplink.Start();
        await Script.Says.Writer.WriteAsync(new ServerMessage(), Ct);

        await Uplink.Put("a");
        await Acknowledged(1);

        Assert.Single(Script.Hellos);
    }

    [Fact]
    public async Task The_latest_checkpoint_is_kept_and_named_at_the_next_hello()
    {
        Script.Checkpoint = Encoding.UTF8.GetBytes("sandbox log\n1\nroot\n\n— log signature\n");
        Uplink.Start();
        await Uplink.Put("a");
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
        Uplink.Start();
        foreach (var (number, checkpoint) in new[] { Kept, came }.Index())
        {
            Script.Checkpoint = Encoding.UTF8.GetBytes(checkpoint);
            await Uplink.Put($"{number}");
            await Acknowledged((ulong)number + 1);
        }

        await Break();
        await Stream(2);

        Assert.Equal(isKept ? came : Kept, Script.Hellos.Last().LastCheckpoint.ToStringUtf8());
    }
}
