using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sandbox.Agent.Collecting;

/// <summary>The system calls of netlink(7). Sockets do not block.</summary>
internal static partial class NetlinkSocket
{
    /// <summary>Bytes of struct nlmsghdr, which every message begins with.</summary>
    public const int HeaderLength = 16;

    private const int NetlinkFamily = 16;
    private const int RawNonBlockingCloseOnExec = 3 | 0x80800;
    private const int SocketLevel = 1;
    private const int ReceiveBuffer = 8;
    private const int ReceiveBufferForce = 33;
    private const int NetlinkLevel = 270;
    private const int AddMembership = 1;

    /// <summary>A socket that asks.</summary>
    /// <exception cref="KernelRefusal">The kernel knows no such protocol.</exception>
    public static SafeFileHandle Open(NetlinkProtocol protocol)
    {
        var socket = Socket(NetlinkFamily, RawNonBlockingCloseOnExec, (int)protocol);
        return socket.IsInvalid ? throw new KernelRefusal(Marshal.GetLastPInvokeError()) : socket;
    }

    /// <summary>A socket that hears what the kernel tells groups.</summary>
    /// <param name="protocol">Whom to hear.</param>
    /// <param name="groups">A bit for each group.</param>
    /// <exception cref="KernelRefusal">One may not hear it, or the kernel knows no such protocol.</exception>
    public static SafeFileHandle Open(NetlinkProtocol protocol, uint groups)
    {
        var socket = Open(protocol);
        if (Bind(socket, new Address { Family = NetlinkFamily, Groups = groups }, 12) == 0) return socket;
        var error = Marshal.GetLastPInvokeError();
        socket.Dispose();
        throw new KernelRefusal(error);
    }

    /// <summary>Hears a group as well whose number the kernel gave out, so that no bit need stand for it.</summary>
    /// <exception cref="KernelRefusal">One may not hear it, or there is no such group.</exception>
    public static void Join(SafeFileHandle socket, int group)
    {
        if (SetOption(socket, NetlinkLevel, AddMembership, group, sizeof(int)) != 0) throw new KernelRefusal(Marshal.GetLastPInvokeError());
    }

    /// <summary>Lets the kernel keep more for the socket until it is read: beyond the system's limit where one may (CAP_NET_ADMIN).</summary>
    public static void MakeRoom(SafeFileHandle socket, int bytes)
    {
        if (SetOption(socket, SocketLevel, ReceiveBufferForce, bytes, sizeof(int)) != 0) _ = SetOption(socket, SocketLevel, ReceiveBuffer, bytes, sizeof(int));
    }

    /// <summary>Takes the next datagram; negative: there is none, and the error says why.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="buffer">What does not fit is cut off.</param>
    /// <param name="isKernel">Whether the kernel sent it, and no program.</param>
    public static int Receive(SafeFileHandle socket, Span<byte> buffer, out bool isKernel)
    {
        var (sender, length) = (default(Address), 12u);
        var got = ReceiveFrom(socket, buffer, (nuint)buffer.Length, 0, ref sender, ref length);
        isKernel = sender.Port == 0;
        return (int)got;
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial SafeFileHandle Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    private static partial int Bind(SafeFileHandle socket, in Address address, uint length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    private static partial int SetOption(SafeFileHandle socket, int level, int name, in int value, uint length);

    [LibraryImport("libc", EntryPoint = "recvfrom", SetLastError = true)]
    private static partial nint ReceiveFrom(SafeFileHandle socket, Span<byte> buffer, nuint length, int flags, ref Address sender, ref uint senderLength);

    /// <summary>struct sockaddr_nl.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Address
    {
        public ushort Family;
        public ushort Padding;
        public uint Port;
        public uint Groups;
    }
}
