using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Neighbours.Lldp;

/// <summary>The system calls of packet(7). Sockets do not block, and hear frames of one type alone.</summary>
internal static partial class PacketSocket
{
    private const int Family = 17;
    private const int DatagramNonBlockingCloseOnExec = 2 | 0x80800;
    private const int PacketLevel = 263;
    private const int AddMembership = 1;
    private const int OriginalDevice = 9;
    private const byte Outgoing = 4;

    /// <summary>Hears frames of that type on every interface of the network namespace of the calling thread. It takes CAP_NET_RAW.</summary>
    /// <exception cref="KernelRefusal">One may not, or the kernel has no such sockets.</exception>
    public static SafeFileHandle Open(ushort etherType)
    {
        var socket = Socket(Family, DatagramNonBlockingCloseOnExec, BinaryPrimitives.ReverseEndianness(etherType));
        if (socket.IsInvalid) throw new KernelRefusal(Marshal.GetLastPInvokeError());
        // The cable on which it came, and not the bond that the cable is part of.
        _ = SetOption(socket, PacketLevel, OriginalDevice, 1, sizeof(int));
        return socket;
    }

    /// <summary>Lets the interface take frames to a group address. False: it is gone, or takes no such.</summary>
    public static bool Join(SafeFileHandle socket, int interfaceIndex, ReadOnlySpan<byte> group)
    {
        var membership = new Membership { Interface = interfaceIndex, Length = (ushort)group.Length, Address = MemoryMarshal.Read<uint>(group), Rest = MemoryMarshal.Read<ushort>(group[4..]) };
        return SetOption(socket, PacketLevel, AddMembership, membership, (uint)Marshal.SizeOf<Membership>()) == 0;
    }

    /// <summary>Takes the next frame, without the Ethernet header; negative: there is none, and the error says why.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="buffer">What does not fit is cut off.</param>
    /// <param name="interfaceIndex">Where it was heard.</param>
    /// <param name="isOwn">This machine sent it.</param>
    public static int Receive(SafeFileHandle socket, Span<byte> buffer, out int interfaceIndex, out bool isOwn)
    {
        var (sender, length) = (default(Address), (uint)Marshal.SizeOf<Address>());
        var got = ReceiveFrom(socket, buffer, (nuint)buffer.Length, 0, ref sender, ref length);
        (interfaceIndex, isOwn) = (sender.Interface, sender.Kind == Outgoing);
        return (int)got;
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial SafeFileHandle Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    private static partial int SetOption(SafeFileHandle socket, int level, int name, in Membership value, uint length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    private static partial int SetOption(SafeFileHandle socket, int level, int name, in int value, uint length);

    [LibraryImport("libc", EntryPoint = "recvfrom", SetLastError = true)]
    private static partial nint ReceiveFrom(SafeFileHandle socket, Span<byte> buffer, nuint length, int flags, ref Address sender, ref uint senderLength);

    /// <summary>struct sockaddr_ll, of 20 bytes.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private struct Address
    {
        public ushort Family;
        public ushort Protocol;
        public int Interface;
        public ushort Hardware;
        public byte Kind;
        public byte Length;
        public ulong Sender;
    }

    /// <summary>struct packet_mreq of a group, PACKET_MR_MULTICAST.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Membership
    {
        public int Interface;
        public ushort Type;
        public ushort Length;
        public uint Address;
        public ushort Rest;
        public ushort Unused;
    }
}
