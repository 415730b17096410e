using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.RemoteAccess.Vpn;

/// <summary>The configurations below /etc/openvpn.</summary>
internal sealed class OpenVpn(RootFolder root, EnabledUnits units, UnseenNotes unseen)
{
    private const int MostTunnels = 50;
    private static readonly (string Folder, string Unit)[] Folders =
        [("/etc/openvpn", "openvpn"), ("/etc/openvpn/client", "openvpn-client"), ("/etc/openvpn/server", "openvpn-server")];

    /// <summary>Folders to watch.</summary>
    public static IReadOnlyList<string> Watches { get; } = [.. Folders.Select(folder => folder.Folder[1..])];

    /// <summary>Sorted by path.</summary>
    public IEnumerable<OpenVpnTunnel> Read() => Folders.Where(folder => root.Has(folder.Folder))
        .SelectMany(folder => Files(folder.Folder).Select(name => Tunnel($"{folder.Folder}/{name}", name, folder.Unit)))
        .OfType<OpenVpnTunnel>().OrderBy(tunnel => tunnel.Path, StringComparer.Ordinal).Take(MostTunnels);

    private IEnumerable<string> Files(string folder)
    {
        var names = root.List(folder, out var fault);
        if (fault is not null) unseen.Add(fault);
        return names.Where(name => name.EndsWith(".conf", StringComparison.Ordinal) || name.EndsWith(".ovpn", StringComparison.Ordinal));
    }

    private OpenVpnTunnel? Tunnel(string path, string file, string unit)
    {
        if (!root.TryRead(path, out var text, out var fault))
        {
            unseen.Add(fault);
            return null;
        }

        var name = file[..file.LastIndexOf('.')];
        var tunnel = new OpenVpnTunnel { Name = PlainText.Name(name), Path = path };
        new OpenVpnText(tunnel).Read(text);
        // Debian's openvpn.service starts those that /etc/default/openvpn names: all of /etc/openvpn/*.conf unless it says otherwise.
        if (units.Any([$"{unit}@{name}.service"]) is { } enabled) tunnel.Enabled = enabled;
        return tunnel;
    }
}
