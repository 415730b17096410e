using System.Globalization;
using System.Net;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.RemoteAccess.Vpn;

/// <summary>WireGuard as wg-quick(8) and systemd.netdev(5) configure it. Private and pre-shared keys are never made into text.</summary>
internal sealed class WireGuard(RootFolder root, EnabledUnits units, UnseenNotes unseen)
{
    private const string Quick = "/etc/wireguard";
    private const string Networkd = "/etc/systemd/network";
    private const int MostTunnels = 50;
    private const int MostPeers = 100;
    private const int MostRanges = 50;
    private const int KeyBytes = 32;

    /// <summary>Folders to watch.</summary>
    public static IReadOnlyList<string> Watches { get; } = [Quick[1..], Networkd[1..]];

    /// <summary>Sorted by path.</summary>
    public IEnumerable<WireGuardTunnel> Read()
    {
        var quick = Files(Quick, ".conf").Select(file => Tunnel(file, file.Name[..^".conf".Length], managed: false));
        var networkd = Files(Networkd, ".netdev").Select(file => Tunnel(file, null, managed: true));
        return quick.Concat(networkd).OfType<WireGuardTunnel>().Take(MostTunnels);
    }

    private IEnumerable<(string Path, string Name)> Files(string folder, string ending)
    {
        if (!root.Has(folder)) return [];
        var names = root.List(folder, out var fault);
        if (fault is not null) unseen.Add(fault);
        return names.Where(name => name.EndsWith(ending, StringComparison.Ordinal)).Select(name => ($"{folder}/{name}", name));
    }

    private WireGuardTunnel? Tunnel((string Path, string Name) file, string? name, bool managed)
    {
        if (!root.TryRead(file.Path, out var text, out var fault))
        {
            unseen.Add(fault);
            return null;
        }

        var values = AskedValues.Of(text, "Kind", "Name", "ListenPort", "PublicKey", "AllowedIPs", "Endpoint", "PresharedKey?", "PresharedKeyFile?");
        if (managed && !values.Any(value => value.Is("Kind") && value.Value == "wireguard")) return null;
        name ??= values.FirstOrDefault(value => value is { Name: "NetDev" } && value.Is("Name")).Value ?? "";
        var tunnel = new WireGuardTunnel { Interface = PlainText.Name(name), Path = file.Path };
        if (!managed && units.Any([$"wg-quick@{name}.service"]) is { } enabled) tunnel.Enabled = enabled;
        var port = values.LastOrDefault(value => value.Is("ListenPort")).Value ?? "";
        if (ushort.TryParse(Bare(port), CultureInfo.InvariantCulture, out var number)) tunnel.ListenPort = number;
        var peers = values.Where(value => value.Name.ToLowerInvariant() is "peer" or "wireguardpeer").GroupBy(value => value.Section).ToList();
        tunnel.PeerCount = (uint)peers.Count;
        tunnel.Peers.AddRange(peers.Take(MostPeers).Select(Peer));
        return tunnel;
    }

    private static WireGuardPeer Peer(IEnumerable<IniValue> values)
    {
        var peer = new WireGuardPeer();
        foreach (var value in values)
        {
            var bare = Bare(value.Value);
            if (value.Is("PublicKey") && IsKey(bare)) peer.PublicKey = bare;
            else if (value.Is("AllowedIPs")) peer.AllowedIps.AddRange(Ranges(bare).Take(MostRanges - peer.AllowedIps.Count));
            else if (value.Is("Endpoint") && Host(bare) is { } host) peer.EndpointHost = host;
            else if (value.Key.StartsWith("PresharedKey", StringComparison.OrdinalIgnoreCase)) peer.PresharedKeySet |= bare.Length > 0;
        }

        return peer;
    }

    private static string Bare(string value) => value.Split('#')[0].Trim();

    private static bool IsKey(string text) => text.Length == 44 && Convert.TryFromBase64String(text, new byte[KeyBytes], out var length) && length == KeyBytes;

    private static IEnumerable<string> Ranges(string text) => text.Split(',', StringSplitOptions.TrimEntries)
        .Where(range => IPAddress.TryParse(range.Split('/')[0], out _) && range.Length < 50);

    private static string? Host(string endpoint)
    {
        var colon = endpoint.LastIndexOf(':');
        return colon <= 0 ? null : PlainText.Of(endpoint[..colon].Trim('[', ']'));
    }
}
