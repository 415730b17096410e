using System.Net;
using System.Net.NetworkInformation;
using System.Runtime.InteropServices;

namespace Sandbox.Agent.Neighbours;

/// <summary>The kernel's answer to RTM_GETNEIGH: struct nlmsghdr, struct ndmsg and attributes (netlink(7), rtnetlink(7)).</summary>
internal static class NeighbourMessages
{
    private const int Header = 16;
    private const int Fixed = Header + 12;
    private const ushort NewNeighbour = 28;
    private const ushort Error = 2;
    private const ushort Done = 3;
    // Reachable, stale, delay, probe, permanent: somebody answered. Incomplete, failed and noarp (multicast) are left out.
    private const int Answered = 0x02 | 0x04 | 0x08 | 0x10 | 0x80;
    private const int PermanentState = 0x80;
    private const byte RouterFlag = 0x80;
    private const int Destination = 1;
    private const int LinkLayer = 2;

    /// <summary>Adds the entries of one datagram. True: it was the last, or not to be understood.</summary>
    public static bool Read(ReadOnlySpan<byte> datagram, List<NeighbourEntry> found, Func<int, string> nameOf)
    {
        while (datagram.Length >= Header)
        {
            var length = MemoryMarshal.Read<int>(datagram);
            var type = MemoryMarshal.Read<ushort>(datagram[4..]);
            if (length < Header || length > datagram.Length || type is Done or Error) return true;
            if (type == NewNeighbour && length >= Fixed && Of(datagram[..length], nameOf) is { } entry) found.Add(entry);
            datagram = datagram[Math.Min(Aligned(length), datagram.Length)..];
        }
        return false;
    }

    /// <summary>Six bytes that are neither all zero nor all one.</summary>
    public static bool Whole(ReadOnlySpan<byte> hardware) =>
        hardware.Length == 6 && hardware.ContainsAnyExcept((byte)0) && hardware.ContainsAnyExcept((byte)0xff);

    private static NeighbourEntry? Of(ReadOnlySpan<byte> message, Func<int, string> nameOf)
    {
        var state = MemoryMarshal.Read<ushort>(message[(Header + 8)..]);
        if ((state & Answered) == 0) return null;
        ReadOnlySpan<byte> address = default, hardware = default;
        for (var rest = message[Fixed..]; rest.Length >= 4;)
        {
            var length = MemoryMarshal.Read<ushort>(rest);
            if (length < 4 || length > rest.Length) break;
            var type = MemoryMarshal.Read<ushort>(rest[2..]);
            if (type == Destination) address = rest[4..length];
            else if (type == LinkLayer) hardware = rest[4..length];
            rest = rest[Math.Min(Aligned(length), rest.Length)..];
        }
        if (address.Length is not (4 or 16) || !Whole(hardware)) return null;
        bool? router = address.Length == 16 ? (message[Header + 10] & RouterFlag) != 0 : null;
        return new(nameOf(MemoryMarshal.Read<int>(message[(Header + 4)..])), new IPAddress(address), new PhysicalAddress(hardware.ToArray()), router, (state & PermanentState) != 0);
    }

    private static int Aligned(int length) => (length + 3) & ~3;
}
