using Sandbox.Evidence.Attribution;
using Sandbox.Protocol;

namespace Sandbox.Evidence.Crediting.Additions;

/// <summary>
/// Line 7.6: somebody's key was let into a tunnel of a VPN server that starts with the machine, or such a server was set up. Tunnels by which the machine itself goes out,
/// and keys that were there at first, do not count.
/// </summary>
internal sealed class TunnelForStaff() : Addition("7.6", "tunnel.opened", "tunnel", Fact.KindOneofCase.RemoteAccess)
{
    private const string Use = "who of the staff comes in through it, and who comes in around it, is not seen";

    public override string Counts => "a way in through a VPN that was set up for somebody";

    protected override bool HasObjects => true;

    protected override IEnumerable<string> Names(Fact fact) => [.. Keys(fact).Select(Name), .. fact.RemoteAccess.Openvpn.Select(one => one.Name)];

    // The same key is the same person's, in whatever tunnel.
    protected override IEnumerable<string> Objects(Fact fact) => Keys(fact).Select(one => one.Peer.PublicKey);

    protected override IEnumerable<Thing> Things(Fact fact, DeviceCase device) =>
    [
        .. Keys(fact).Where(one => one.Tunnel is { HasListenPort: true, HasEnabled: true, Enabled: true } && !one.Peer.HasEndpointHost && one.Peer.AllowedIps.Count > 0)
            .Select(one => new Thing(Name(one), $"opened for a key at UDP {one.Tunnel.ListenPort}") { Object = one.Peer.PublicKey, Reservation = Use }),
        .. fact.RemoteAccess.Openvpn.Where(one => one is { Role: OpenVpnTunnel.Types.Role.Server, HasEnabled: true, Enabled: true }).Select(one => new Thing(one.Name, "opened by a server of OpenVPN") { Reservation = Use }),
    ];

    protected override string? Lost(string name, Fact shown) => Names(shown).Contains(name) ? "the tunnel does not start with the machine any more, or lets nobody in" : "the way in was taken away";

    protected override bool Explains(string name, EvidenceItem item, AdminAct act) =>
        Trace.IsRunOnFile(act, "/etc/wireguard/", "/etc/openvpn/") || Trace.IsRunWith(act, "wg", "set", "addconf", "setconf", "syncconf") || Trace.IsRunWith(act, "wg-quick", "save")
            || Trace.IsUnit(act, $"wg-quick@{name.Split(' ')[0]}.service", "enable") || Trace.IsUnit(act, $"openvpn-server@{name}.service", "enable") || Trace.IsUnit(act, $"openvpn@{name}.service", "enable");

    private static IEnumerable<(WireGuardTunnel Tunnel, WireGuardPeer Peer)> Keys(Fact fact) =>
        from tunnel in fact.RemoteAccess.Wireguard from peer in tunnel.Peers where peer.HasPublicKey select (tunnel, peer);

    private static string Name((WireGuardTunnel Tunnel, WireGuardPeer Peer) one) => $"{one.Tunnel.Interface} for {one.Peer.PublicKey[..Math.Min(8, one.Peer.PublicKey.Length)]}…";
}
