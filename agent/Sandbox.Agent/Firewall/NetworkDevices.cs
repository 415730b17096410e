using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Firewall;

/// <summary>The interfaces of /sys/class/net without loopback: at most 64, sorted by name.</summary>
internal static class NetworkDevices
{
    private const string Folder = "sys/class/net";
    private const int Most = 64;

    public static IEnumerable<NetworkDevice> Read(RootFolder root)
    {
        foreach (var name in root.List(Folder, out _).Where(name => name != "lo").Take(Most))
            if (root.Number($"{Folder}/{name}/ifindex") is > 0 and <= uint.MaxValue and var index) yield return new NetworkDevice(name, (uint)index);
    }
}
