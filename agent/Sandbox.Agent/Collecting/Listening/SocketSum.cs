using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Sandbox.Agent.Collecting.Listening;

/// <summary>
/// One number for all sockets that wait for others, whatever their order: it changes when one comes or goes, moves to another port or address, or is made anew. Made of the
/// kernel's answers: struct inet_diag_msg of linux/inet_diag.h.
/// </summary>
internal struct SocketSum
{
    private const int Error = 2;
    private const int Done = 3;
    private const int ByFamily = 20;
    private const int SocketLength = 72;

    // Offsets into a struct inet_diag_msg.
    private const int LocalPort = 4, LocalAddress = 8, Interface = 40, Inode = 68;

    /// <summary>The number so far.</summary>
    public ulong Value { get; private set; }

    /// <summary>errno(3) with which the kernel ended an answer; 0: with none.</summary>
    public int Fault { get; private set; }

    /// <summary>Adds the sockets of one datagram. True: the answer ends with it.</summary>
    /// <param name="datagram">Messages of netlink(7).</param>
    /// <param name="protocol">Of the question.</param>
    /// <param name="lent">Ports of UDP that do not count, should the kernel have told them.</param>
    public bool Add(ReadOnlySpan<byte> datagram, byte protocol, LentPorts lent)
    {
        while (datagram.Length >= NetlinkSocket.HeaderLength)
        {
            var length = MemoryMarshal.Read<int>(datagram);
            if (length < NetlinkSocket.HeaderLength || length > datagram.Length) return true;
            var payload = datagram[NetlinkSocket.HeaderLength..length];
            switch (MemoryMarshal.Read<ushort>(datagram[4..]))
            {
                case Error or Done:
                    // Both begin with 0 or the negative error.
                    if (payload.Length >= 4) Fault = -MemoryMarshal.Read<int>(payload);
                    return true;
                case ByFamily when payload.Length >= SocketLength:
                    var port = BinaryPrimitives.ReadUInt16BigEndian(payload[LocalPort..]);
                    if (port != 0 && (protocol == SocketDiagRequest.Tcp || !lent.Contains(port))) Value += One(payload, protocol, port);
                    break;
            }
            datagram = datagram[Math.Min((length + 3) & ~3, datagram.Length)..];
        }
        return false;
    }

    private static ulong One(ReadOnlySpan<byte> socket, byte protocol, ushort port)
    {
        var mixed = Mix(0, ((ulong)socket[0] << 24) | ((ulong)protocol << 16) | port);
        mixed = Mix(mixed, MemoryMarshal.Read<ulong>(socket[LocalAddress..]));
        mixed = Mix(mixed, MemoryMarshal.Read<ulong>(socket[(LocalAddress + 8)..]));
        return Mix(mixed, ((ulong)MemoryMarshal.Read<uint>(socket[Interface..]) << 32) | MemoryMarshal.Read<uint>(socket[Inode..]));
    }

    // A round of SplitMix64.
    private static ulong Mix(ulong sum, ulong word)
    {
        sum = (sum ^ word) + 0x9E3779B97F4A7C15;
        sum = (sum ^ (sum >> 30)) * 0xBF58476D1CE4E5B9;
        sum = (sum ^ (sum >> 27)) * 0x94D049BB133111EB;
        return sum ^ (sum >> 31);
    }
}
