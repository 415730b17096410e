using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Tests.Evidence.Attribution;
using Sandbox.Tests.Lab;

namespace Sandbox.Tests.Evidence.Crediting.Additions;

/// <summary>Line 7.6: somebody's key in the tunnel of a VPN server.</summary>
public sealed class TunnelsForStaff
{
    private readonly Watched _device = At.Device(Machine.Tunnel().RemoteAccess);

    [Fact]
    public void A_key_that_is_let_in_counts_and_is_whose_act_it_was()
    {
        var item = _device.Tells(At.Runs(_device.Now, "/usr/bin/nano", "/etc/wireguard/wg0.conf")).Says(Let("bmV3IGtleSBvZiBub29y")).Only;

        Assert.Equal(("7.6", "tunnel.opened", "tunnel wg0 for bmV3IGtl… (bmV3IGtleSBvZiBub29y)", "opened for a key at UDP 51820"), (item.Line, item.Act, item.Target, item.After));
        Assert.Equal((EvidenceState.Watched, Grade.E2, Doing.Anna), (item.State, item.Grade, item.Person!.Value));
        Assert.Equal(EvidenceState.Held, _device.After(At.Day).SaysTheSame().Only.State);
    }

    [Fact]
    public void A_server_of_OpenVPN_counts() => Assert.Equal("tunnel staff", At.Device(new RemoteAccess()).Says(OpenVpn(OpenVpnTunnel.Types.Role.Server)).Only.Target);

    [Theory]
    [InlineData(OpenVpnTunnel.Types.Role.Client), InlineData(OpenVpnTunnel.Types.Role.PointToPoint)]
    public void Another_end_of_OpenVPN_does_not(OpenVpnTunnel.Types.Role role) => Assert.Empty(At.Device(new RemoteAccess()).Says(OpenVpn(role)).Evidence);

    [Fact]
    public void A_way_out_and_one_that_does_not_start_do_not() =>
        Assert.Empty(_device.Says(Machine.Tunnel("bmV3", endpoint: "192.0.2.1").RemoteAccess).Says(Machine.Tunnel("bmV3", starts: false).RemoteAccess).Evidence);

    [Fact]
    public void A_key_that_was_there_does_not_in_another_tunnel() => Assert.Empty(_device.Says(Machine.Tunnel(link: "wg1").RemoteAccess).Evidence);

    [Fact]
    public void What_is_taken_away_within_the_day_earns_nothing() => Assert.Equal(EvidenceState.Undone, _device.Says(Let("bmV3")).After(At.Minute).Says(Machine.Tunnel().RemoteAccess).Only.State);

    [Theory]
    [InlineData("/usr/bin/wg", "set", "wg0"), InlineData("/usr/bin/systemctl", "enable", "wg-quick@wg0")]
    public void The_programs_of_WireGuard_tell_as_well(string program, params string[] arguments) => Assert.Equal(Doing.Anna, _device.Tells(At.Runs(_device.Now, program, arguments)).Says(Let("bmV3")).Only.Person);

    [Theory]
    [InlineData("/usr/bin/wg", "show"), InlineData("/usr/bin/cat", "/etc/wireguard/wg0.conf"), InlineData("/usr/bin/systemctl", "enable", "wg-quick@wg1")]
    public void Other_commands_do_not(string program, params string[] arguments) => Assert.Null(_device.Tells(At.Runs(_device.Now, program, arguments)).Says(Let("bmV3")).Only.Person);

    private static RemoteAccess Let(string key) => Machine.Tunnel(key).RemoteAccess;

    private static RemoteAccess OpenVpn(OpenVpnTunnel.Types.Role role) => new() { Openvpn = { new OpenVpnTunnel { Name = "staff", Role = role, Enabled = true } } };
}
