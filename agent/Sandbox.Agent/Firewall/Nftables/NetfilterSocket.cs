using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sandbox.Agent.Firewall.Nftables;

/// <summary>The system calls of netlink(7) towards netfilter, and getsockopt(2) for iptables-legacy.</summary>
internal static partial class NetfilterSocket
{
    /// <summary>The multicast group NFNLGRP_NFTABLES as a bit.</summary>
    public const uint ChangesOfRules = 1u << 6;

    private const int NetlinkFamily = 16;
    private const int InternetFamily = 2;
    private const int Internet6Family = 10;
    private const int Netfilter = 12;
    private const int RawNonBlockingCloseOnExec = 3 | 0x80800;
    private const int DatagramCloseOnExec = 2 | 0x80000;

    /// <summary>A socket that asks.</summary>
    /// <exception cref="KernelRefusal">There is no netfilter, or none of our concern.</exception>
    public static SafeFileHandle Open() => Checked(Socket(NetlinkFamily, RawNonBlockingCloseOnExec, Netfilter));

    /// <summary>A socket that hears of changes.</summary>
    /// <exception cref="KernelRefusal">It may not, or there is no netfilter.</exception>
    public static SafeFileHandle OpenForChanges()
    {
        var socket = Open();
        var address = new Address { Family = NetlinkFamily, Groups = ChangesOfRules };
        if (Bind(socket, address, 12) == 0) return socket;
        var error = Marshal.GetLastPInvokeError();
        socket.Dispose();
        throw new KernelRefusal(error);
    }

    /// <summary>A socket whose options are the tables of iptables-legacy.</summary>
    /// <exception cref="KernelRefusal">There is no such family.</exception>
    public static SafeFileHandle OpenForOptions(bool ipv6) => Checked(Socket(ipv6 ? Internet6Family : InternetFamily, DatagramCloseOnExec, 0));

    /// <summary>Fills the buffer with the option; what goes in is at its start.</summary>
    /// <exception cref="KernelRefusal">The kernel says no.</exception>
    public static void Option(SafeFileHandle socket, int level, int name, Span<byte> buffer)
    {
        var length = buffer.Length;
        if (GetOption(socket, level, name, buffer, ref length) != 0) throw new KernelRefusal(Marshal.GetLastPInvokeError());
    }

    private static SafeFileHandle Checked(SafeFileHandle socket) =>
        socket.IsInvalid ? throw new KernelRefusal(Marshal.GetLastPInvokeError()) : socket;

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial SafeFileHandle Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    private static partial int Bind(SafeFileHandle socket, in Address address, uint length);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    private static partial int GetOption(SafeFileHandle socket, int level, int name, Span<byte> value, ref int length);

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
