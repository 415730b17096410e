using System.Globalization;
using Sandbox.Protocol;

namespace Sandbox.Server.Dashboard.Facts;

/// <summary>The ways into a device: keys, tunnels and remote desktops; the SSH server's settings with their provenance.</summary>
internal static class RemoteAccessTables
{
    public static IReadOnlyList<FactTable> Of(RemoteAccess access) =>
    [
        SettingTable.Of("Settings of the SSH server", "remote_access.sshd_settings", access.SshdSettings, "where"),
        Keys("Keys of this host", "remote_access.host_keys", access.HostKeys.Select(key => ("", key))),
        Keys("Keys that open accounts", "remote_access.authorized_keys", access.AuthorizedKeys.SelectMany(keys => keys.Keys.Select(key => (keys.Account, key)))),
        WireGuard(access), OpenVpn(access),
        new("VPNs of NetworkManager", ["Name", "Type", "Uuid", "File"],
            [.. access.NetworkManagerVpns.Select(v => new FactTableRow($"remote_access.network_manager_vpns[{v.Path}]", [v.HasName ? v.Name : null, v.Type, v.HasUuid ? v.Uuid : null, v.Path]))]),
        new("Remote desktops, other shells and VPNs", ["Program", "What it is", "Starts with the system", "Runs", "Listens on"],
            [.. access.Programs.Select(p => new FactTableRow($"remote_access.programs[{p.Name}]",
            [
                p.Name, Kind(p.Kind), p.HasEnabled ? YesNo(p.Enabled) : null, p.HasRunning ? YesNo(p.Running) : null,
                p.Listening.Count > 0 ? string.Join(", ", p.Listening) : p.HasRunning ? "nothing" : null,
            ]))]),
    ];

    private static FactTable Keys(string title, string path, IEnumerable<(string Account, SshKey Key)> keys) => new(title, ["Fingerprint", "Opens", "Type", "Comment", "Options", "Written in"],
        [.. keys.Select(one => new FactTableRow($"{path}[{one.Key.Path}:{Number(one.Key.Line)}]",
        [
            one.Key.Fingerprint, one.Account.Length > 0 ? one.Account : "this host", one.Key.HasBits ? $"{one.Key.Type}, {Number(one.Key.Bits)} bits" : one.Key.Type,
            one.Key.HasComment ? one.Key.Comment : "none", one.Key.Options.Count == 0 ? "none" : string.Join(", ", one.Key.Options), $"{one.Key.Path}:{Number(one.Key.Line)}",
        ]))]);

    private static FactTable WireGuard(RemoteAccess access) => new("WireGuard", ["Interface", "Starts with the system", "Port", "Peers", "Written in"],
        [.. access.Wireguard.Select(w => new FactTableRow($"remote_access.wireguard[{w.Path}]",
        [
            w.Interface, w.HasEnabled ? YesNo(w.Enabled) : null, w.HasListenPort ? Number(w.ListenPort) : "any",
            $"{Number(w.PeerCount)}{(w.Peers.Count == 0 ? "" : ": ")}{string.Join("; ", w.Peers.Select(Peer))}", w.Path,
        ]))]);

    private static string Peer(WireGuardPeer peer) => string.Join(' ',
        peer.HasPublicKey ? peer.PublicKey : "no valid key", peer.HasEndpointHost ? $"at {peer.EndpointHost}" : "calls by itself",
        $"with {(peer.AllowedIps.Count == 0 ? "no addresses" : string.Join(", ", peer.AllowedIps))}");

    private static FactTable OpenVpn(RemoteAccess access) => new("OpenVPN", ["Name", "Role", "Starts with the system", "Calls", "Encryption", "Written in"],
        [.. access.Openvpn.Select(o => new FactTableRow($"remote_access.openvpn[{o.Path}]",
        [
            o.Name, FactWords.Readable(o.Role == OpenVpnTunnel.Types.Role.PointToPoint ? "point to point" : o.Role.ToString()), o.HasEnabled ? YesNo(o.Enabled) : null,
            o.Remotes.Count == 0 ? "nobody" : string.Join("; ", o.Remotes),
            $"{(o.HasDataCiphers ? o.DataCiphers : o.HasCipher ? o.Cipher : "default cipher")}, {(o.HasAuth ? o.Auth : "default digest")}", o.Path,
        ]))]);

    private static string? Kind(RemoteProgram.Types.Kind kind) => kind switch
    {
        RemoteProgram.Types.Kind.RemoteDesktop => "remote desktop",
        RemoteProgram.Types.Kind.Vpn => "VPN",
        RemoteProgram.Types.Kind.RemoteShell => "remote shell",
        _ => null,
    };

    private static string YesNo(bool yes) => yes ? "yes" : "no";

    private static string Number(uint number) => number.ToString(CultureInfo.InvariantCulture);
}
