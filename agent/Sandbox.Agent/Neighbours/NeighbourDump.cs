using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sandbox.Agent.Neighbours;

/// <summary>Asks the running kernel for its whole table, as <c>ip neighbour</c> does. It needs no privilege.</summary>
internal static partial class NeighbourDump
{
    private const int Netlink = 16;
    private const int RawCloseOnExec = 3 | 0x80000;
    private const int DoNotWait = 0x40;
    private const int MostDatagrams = 1000;

    // nlmsghdr: 28 bytes, RTM_GETNEIGH, NLM_F_REQUEST | NLM_F_DUMP; ndmsg of any family.
    private static ReadOnlySpan<byte> Request => [28, 0, 0, 0, 30, 0, 0x01, 0x03, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>Answered entries.</summary>
    /// <exception cref="IOException">The kernel does not answer.</exception>
    public static List<NeighbourEntry> Read(Func<int, string> nameOf)
    {
        using var socket = Socket(Netlink, RawCloseOnExec, 0);
        if (socket.IsInvalid || Send(socket, Request, (nuint)Request.Length, 0) < 0) throw new IOException(new Win32Exception(Marshal.GetLastPInvokeError()).Message);
        var (found, buffer) = (new List<NeighbourEntry>(), new byte[32 * 1024]);
        // The kernel makes each part of a dump when the one before is taken, so there is never a wait.
        for (var datagrams = 0; datagrams < MostDatagrams; datagrams++)
        {
            var length = Receive(socket, buffer, (nuint)buffer.Length, DoNotWait);
            if (length <= 0 || NeighbourMessages.Read(buffer.AsSpan(0, (int)length), found, nameOf)) break;
        }
        return found;
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial SafeFileHandle Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(SafeFileHandle socket, ReadOnlySpan<byte> bytes, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Receive(SafeFileHandle socket, Span<byte> bytes, nuint length, int flags);
}
