using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Firewall;

/// <summary>The interfaces of /sys/class/net without loopback, sorted by name.</summary>
internal static class NetworkDevices
{
    private const string Folder = "sys/class/net";

    public static IReadOnlyList<NetworkDevice> Read(RootFolder root)
    {
        var found = new List<NetworkDevice>();
        foreach (var name in root.List(Folder, out _).Where(name => name != "lo"))
            if (root.Number($"{Folder}/{name}/ifindex") is > 0 and <= uint.MaxValue and var index) found.Add(new NetworkDevice(name, (uint)index));
        return found;
    }
}
