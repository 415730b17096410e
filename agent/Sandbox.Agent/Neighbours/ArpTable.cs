using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Sandbox.Agent.Neighbours;

/// <summary>/proc/net/arp: address, hardware type, flags, hardware address, mask, device. See arp(7).</summary>
internal static class ArpTable
{
    private const int Complete = 2;
    private const int Permanent = 4;

    /// <summary>Entries that were answered.</summary>
    public static IEnumerable<NeighbourEntry> Parse(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            if (line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is not [var said, _, ['0', 'x', .. var hex], { Length: 17 } mac, _, var device]) continue;
            if (!int.TryParse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var flags) || (flags & Complete) == 0) continue;
            if (!IPAddress.TryParse(said, out var address) || address.AddressFamily != AddressFamily.InterNetwork) continue;
            if (PhysicalAddress.TryParse(mac, out var hardware) && NeighbourMessages.Whole(hardware.GetAddressBytes()))
                yield return new(device, address, hardware, null, (flags & Permanent) != 0);
        }
    }
}
