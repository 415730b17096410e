using System.Buffers.Binary;

namespace Sandbox.Agent.Collecting.Listening;

/// <summary>
/// The question to the kernel which sockets of a family and protocol wait for others: struct inet_diag_req_v2 (sock_diag(7)), and for UDP a filter of
/// linux/inet_diag.h, so that sockets on lent ports are passed over in the kernel and not written out.
/// </summary>
internal static class SocketDiagRequest
{
    /// <summary>IPPROTO_TCP and IPPROTO_UDP.</summary>
    public const byte Tcp = 6, Udp = 17;

    private const ushort ByFamily = 20;
    private const ushort RequestAndDump = 0x301;
    private const ushort FilterAttribute = 1;
    private const int FixedLength = 56;

    // TCP_LISTEN and TCP_CLOSE of net/tcp_states.h; a UDP socket without a peer is said to be in the latter.
    private const uint Listening = 1 << 10;
    private const uint WithoutPeer = 1 << 7;

    // INET_DIAG_BC_JMP, _S_GE and _S_LE: codes of struct inet_diag_bc_op.
    private const byte Jump = 1, PortAtLeast = 2, PortAtMost = 3;

    /// <summary>The whole message.</summary>
    /// <param name="family">AF_INET (2) or AF_INET6 (10).</param>
    /// <param name="protocol"><see cref="Tcp"/> or <see cref="Udp"/>.</param>
    /// <param name="lent">Ports that are left out of UDP's.</param>
    public static byte[] Of(byte family, byte protocol, LentPorts lent)
    {
        byte[] filter = protocol == Udp ? Outside(lent) : [];
        var message = new byte[NetlinkSocket.HeaderLength + FixedLength + filter.Length];
        BinaryPrimitives.WriteInt32LittleEndian(message, message.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(4), ByFamily);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(6), RequestAndDump);
        message[16] = family;
        message[17] = protocol;
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(20), protocol == Tcp ? Listening : WithoutPeer);
        filter.CopyTo(message, NetlinkSocket.HeaderLength + FixedLength);
        return message;
    }

    // Below the first: jump to the end, which takes the socket. Above the last: to the end as well; otherwise beyond it, which leaves the socket out.
    // An operation is code, yes, no; the port stands in the next one's "no". The kernel checks the way of all "yes", so the jump cannot be spared.
    private static byte[] Outside(LentPorts lent)
    {
        Span<(byte Code, byte Yes, int No)> operations =
        [
            (PortAtMost, 8, 12), (0, 0, Math.Max(lent.First - 1, 0)),
            (Jump, 4, 12),
            (PortAtLeast, 8, 12), (0, 0, Math.Min(lent.Last + 1, ushort.MaxValue)),
        ];
        var attribute = new byte[4 + operations.Length * 4];
        BinaryPrimitives.WriteUInt16LittleEndian(attribute, (ushort)attribute.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(attribute.AsSpan(2), FilterAttribute);
        for (var i = 0; i < operations.Length; i++)
        {
            (attribute[4 + i * 4], attribute[5 + i * 4]) = (operations[i].Code, operations[i].Yes);
            BinaryPrimitives.WriteUInt16LittleEndian(attribute.AsSpan(6 + i * 4), (ushort)operations[i].No);
        }
        return attribute;
    }
}
