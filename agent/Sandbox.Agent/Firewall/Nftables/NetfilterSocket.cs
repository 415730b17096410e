using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Firewall.Nftables;

/// <summary>Sockets towards netfilter: netlink(7), and getsockopt(2) for iptables-legacy.</summary>
internal static partial class NetfilterSocket
{
    /// <summary>The multicast group NFNLGRP_NFTABLES as a bit.</summary>
    public const uint ChangesOfRules = 1u << 6;

    private const int InternetFamily = 2;
    private const int Internet6Family = 10;
    private const int DatagramCloseOnExec = 2 | 0x80000;

    /// <summary>A socket that asks.</summary>
    /// <exception cref="KernelRefusal">There is no netfilter, or none of our concern.</exception>
    public static SafeFileHandle Open() => NetlinkSocket.Open(NetlinkProtocol.Netfilter);

    /// <summary>A socket that hears of changes.</summary>
    /// <exception cref="KernelRefusal">It may not, or there is no netfilter.</exception>
    public static SafeFileHandle OpenForChanges() => NetlinkSocket.Open(NetlinkProtocol.Netfilter, ChangesOfRules);

    /// <summary>A socket whose options are the tables of iptables-legacy.</summary>
    /// <exception cref="KernelRefusal">There is no such family.</exception>
    public static SafeFileHandle OpenForOptions(bool ipv6)
    {
        var socket = Socket(ipv6 ? Internet6Family : InternetFamily, DatagramCloseOnExec, 0);
        return socket.IsInvalid ? throw new KernelRefusal(Marshal.GetLastPInvokeError()) : socket;
    }

    /// <summary>Fills the buffer with the option; what goes in is at its start.</summary>
    /// <exception cref="KernelRefusal">The kernel says no.</exception>
    public static void Option(SafeFileHandle socket, int level, int name, Span<byte> buffer)
    {
        var length = buffer.Length;
        if (GetOption(socket, level, name, buffer, ref length) != 0) throw new KernelRefusal(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial SafeFileHandle Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    private static partial int GetOption(SafeFileHandle socket, int level, int name, Span<byte> value, ref int length);
}
