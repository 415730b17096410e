using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.RemoteAccess.Vpn;

/// <summary>VPNs among the connections of NetworkManager (nm-settings-keyfile(5)): name, uuid and type, and nothing else of the file.</summary>
internal static class NetworkManagerVpns
{
    private const int Most = 100;
    private const string Section = "connection";
    private static readonly string[] Folders = ["/etc/NetworkManager/system-connections", "/run/NetworkManager/system-connections"];

    /// <summary>Folders to watch.</summary>
    public static IReadOnlyList<string> Watches { get; } = [.. Folders.Select(folder => folder[1..])];

    /// <summary>Sorted by path.</summary>
    public static IEnumerable<NetworkManagerVpn> Read(RootFolder root, UnseenNotes unseen) => Folders.Where(root.Has)
        .SelectMany(folder => Files(root, folder, unseen)).Select(path => Of(root, path, unseen)).OfType<NetworkManagerVpn>().Take(Most);

    private static IEnumerable<string> Files(RootFolder root, string folder, UnseenNotes unseen)
    {
        var names = root.List(folder, out var fault);
        if (fault is not null) unseen.Add(fault);
        return names.Where(name => !name.StartsWith('.') && !name.EndsWith('~')).Select(name => $"{folder}/{name}");
    }

    private static NetworkManagerVpn? Of(RootFolder root, string path, UnseenNotes unseen)
    {
        if (!root.TryRead(path, out var text, out var fault))
        {
            unseen.Add(fault);
            return null;
        }

        var values = AskedValues.Of(text, "id", "uuid", "type").FindAll(value => value.Name == Section);
        var type = Value(values, "type");
        if (type is not ("vpn" or "wireguard")) return null;
        var vpn = new NetworkManagerVpn { Path = path, Type = type };
        if (Value(values, "id") is { Length: > 0 } name) vpn.Name = PlainText.Name(name);
        if (Guid.TryParse(Value(values, "uuid"), out var uuid)) vpn.Uuid = uuid.ToString();
        return vpn;
    }

    private static string? Value(List<IniValue> values, string key) => values.FindLast(value => value.Is(key)).Value;
}
