using Sandbox.Protocol;
using static Sandbox.Protocol.OpenVpnTunnel.Types;

namespace Sandbox.Tests.RemoteWays;

public sealed class VpnRows : IDisposable
{
    private const string Public = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=";
    private readonly RemoteMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_wireguard_interface_tells_its_peers()
    {
        _machine.With("etc/wireguard/wg0.conf",
            $"[Interface]\nAddress = 10.0.0.1/24\nListenPort = 51820 # usual\nPrivateKey = x\n\n[peer]\npublickey={Public}\nPresharedKey = y\nAllowedIPs = 10.0.0.2/32, fd00::2/128\nEndpoint = [2001:db8::7]:51820\n[Peer]\nPublicKey = half\nAllowedIPs = 10.0.0.3/32\nAllowedIPs = nonsense\n");
        _machine.Files.WithLink("etc/systemd/system/multi-user.target.wants/wg-quick@wg0.service", "/lib/systemd/system/wg-quick@.service");

        Assert.Equal(
            new WireGuardTunnel
            {
                Interface = "wg0", Path = "/etc/wireguard/wg0.conf", Enabled = true, ListenPort = 51820, PeerCount = 2,
                Peers =
                {
                    new WireGuardPeer { PublicKey = Public, AllowedIps = { "10.0.0.2/32", "fd00::2/128" }, EndpointHost = "2001:db8::7", PresharedKeySet = true },
                    new WireGuardPeer { AllowedIps = { "10.0.0.3/32" } },
                },
            },
            Assert.Single((await _machine.ReadAsync()).Wireguard));
    }

    [Fact]
    public async Task Networkd_has_wireguard_too()
    {
        _machine.With("etc/systemd/network/50-wg.netdev", $"[NetDev]\nName=wg1\nKind=wireguard\n[WireGuard]\nListenPort=1\n[WireGuardPeer]\nPublicKey={Public}\nPresharedKeyFile=/etc/psk\n").With("etc/systemd/network/60-br.netdev", "[NetDev]\nName=br0\nKind=bridge\n");

        Assert.Equal(
            new WireGuardTunnel { Interface = "wg1", Path = "/etc/systemd/network/50-wg.netdev", ListenPort = 1, PeerCount = 1, Peers = { new WireGuardPeer { PublicKey = Public, PresharedKeySet = true } } },
            Assert.Single((await _machine.ReadAsync()).Wireguard));
    }

    [Fact]
    public async Task Of_many_peers_some_are_listed_and_all_are_counted()
    {
        _machine.With("etc/wireguard/wg0.conf", string.Concat(Enumerable.Repeat("[Peer]\nAllowedIPs = 10.0.0.3/32\n", 130)));

        var tunnel = Assert.Single((await _machine.ReadAsync()).Wireguard);

        Assert.Equal((130u, 100, false), (tunnel.PeerCount, tunnel.Peers.Count, tunnel.HasListenPort));
    }

    [Fact]
    public async Task An_openvpn_configuration_tells_how_it_is_protected()
    {
        _machine.With("etc/openvpn/client/lab.conf",
            "# lab\nclient\ndev tun\nproto udp\nremote vpn.example.org 1194 udp\n<connection>\nremote 192.0.2.9 443 tcp ; second\n</connection>\ncipher AES-256-GCM\ndata-ciphers AES-256-GCM:AES-128-GCM\nauth SHA256\ntls-version-min 1.2\nport 1195\n<ca>\ncipher NONE\n</ca>\n<key>\nremote evil 1\n</key>\n<my-own>\nx\n</my-own>\n<tls-auth>\nauth none\n");

        Assert.Equal(
            new OpenVpnTunnel
            {
                Name = "lab", Path = "/etc/openvpn/client/lab.conf", Role = Role.Client, Remotes = { "vpn.example.org 1194 udp", "192.0.2.9 443 tcp" }, Protocol = "udp", Port = 1195, Device = "tun",
                Cipher = "AES-256-GCM", DataCiphers = "AES-256-GCM:AES-128-GCM", Auth = "SHA256", TlsVersionMin = "1.2", InlineBlocks = { "ca", "key", "other", "tls-auth" },
            },
            Assert.Single((await _machine.ReadAsync()).Openvpn));
    }

    [Theory]
    [InlineData("server 10.8.0.0 255.255.255.0\n", Role.Server), InlineData("mode server\ntls-server\n", Role.Server), InlineData("client\n", Role.Client), InlineData("--tls-client\n", Role.Client), InlineData("dev tun\nsecret static.key\n", Role.PointToPoint), InlineData("", Role.PointToPoint)]
    public async Task Which_end_it_is_stands_in_its_words(string text, Role expected)
    {
        _machine.With("etc/openvpn/a.conf", text);

        Assert.Equal(expected, Assert.Single((await _machine.ReadAsync()).Openvpn).Role);
    }

    [Theory]
    [InlineData("etc/openvpn/server/a.conf", "openvpn-server@a.service"), InlineData("etc/openvpn/client/a.conf", "openvpn-client@a.service"), InlineData("etc/openvpn/a.ovpn", "openvpn@a.service")]
    public async Task It_starts_with_the_system_when_its_unit_is_linked(string path, string unit)
    {
        _machine.With(path, "client\n").With("etc/openvpn/b.conf", "client\n").Files.WithLink($"etc/systemd/system/multi-user.target.wants/{unit}", "/lib/x");

        var tunnels = (await _machine.ReadAsync()).Openvpn;

        Assert.Equal([true, false], tunnels.OrderBy(tunnel => tunnel.Name).Select(tunnel => tunnel.Enabled));
    }

    [Theory]
    [InlineData("vpn"), InlineData("wireguard")]
    public async Task Of_a_connection_of_NetworkManager_name_uuid_and_type_are_told(string type)
    {
        _machine.With("etc/NetworkManager/system-connections/lab.nmconnection", $"[connection]\nid=The lab # 1\nuuid=5d5f3f0e-2f0e-4f7e-9a41-1b7f6a2f2f10\ntype={type}\n[vpn-secrets]\npassword=x\nid=y\n")
            .With("etc/NetworkManager/system-connections/wifi.nmconnection", "[connection]\nid=Wi-Fi\ntype=wifi\n[wifi-security]\npsk=x\ntype=vpn\n");

        Assert.Equal(
            new NetworkManagerVpn { Path = "/etc/NetworkManager/system-connections/lab.nmconnection", Name = "The lab # 1", Uuid = "5d5f3f0e-2f0e-4f7e-9a41-1b7f6a2f2f10", Type = type },
            Assert.Single((await _machine.ReadAsync()).NetworkManagerVpns));
    }
}
