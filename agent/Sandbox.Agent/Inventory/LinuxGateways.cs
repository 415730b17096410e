using System.Globalization;
using System.Net;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Inventory;

/// <summary>Default routes of /proc/net/route and /proc/net/ipv6_route: IPv4 first, then by metric.</summary>
internal static class LinuxGateways
{
    private const uint ViaGateway = 2;

    public static IReadOnlyList<string> Read(RootFolder root, ICollection<Unseen> unseen)
    {
        var found = new List<(int Family, uint Metric, string Address)>();
        if (root.TryRead("proc/net/route", out var text, out var missing))
            foreach (var line in text.Split('\n')) Add4(Words(line), found);
        else
            unseen.Add(missing);
        // A kernel without IPv6 has no such file.
        if (root.Has("proc/net/ipv6_route") && root.TryRead("proc/net/ipv6_route", out text, out _))
            foreach (var line in text.Split('\n')) Add6(Words(line), found);
        found.Sort();
        var addresses = new List<string>();
        foreach (var (_, _, address) in found)
            if (!addresses.Contains(address)) addresses.Add(address);
        return addresses;
    }

    // Iface Destination Gateway Flags RefCnt Use Metric Mask ...; addresses are the bytes in memory order as one hexadecimal number.
    private static void Add4(string[] words, List<(int, uint, string)> found)
    {
        if (words is not [_, "00000000", var gateway, var flags, _, _, var metric, "00000000", ..]) return;
        if (!Hex(gateway, out var address) || !Hex(flags, out var bits) || (bits & ViaGateway) == 0) return;
        if (uint.TryParse(metric, CultureInfo.InvariantCulture, out var cost)) found.Add((4, cost, new IPAddress((long)address).ToString()));
    }

    // destination prefix-length source prefix-length next-hop metric references use flags device, all hexadecimal.
    private static void Add6(string[] words, List<(int, uint, string)> found)
    {
        if (words is not ["00000000000000000000000000000000", "00", _, _, { Length: 32 } gateway, var metric, _, _, var flags, _]) return;
        if (!Hex(metric, out var cost) || !Hex(flags, out var bits) || (bits & ViaGateway) == 0) return;
        found.Add((6, cost, new IPAddress(Convert.FromHexString(gateway)).ToString()));
    }

    private static string[] Words(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static bool Hex(string word, out uint number) =>
        uint.TryParse(word, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out number);
}
