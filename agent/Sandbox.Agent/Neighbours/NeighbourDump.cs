using System.Runtime.InteropServices;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Neighbours;

/// <summary>Asks the running kernel for its whole table, as <c>ip neighbour</c> does. It needs no privilege.</summary>
internal static class NeighbourDump
{
    private const int MostDatagrams = 1000;

    // nlmsghdr: 28 bytes, RTM_GETNEIGH, NLM_F_REQUEST | NLM_F_DUMP; ndmsg of any family.
    private static ReadOnlySpan<byte> Request => [28, 0, 0, 0, 30, 0, 0x01, 0x03, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>Answered entries.</summary>
    /// <exception cref="KernelRefusal">The kernel does not answer.</exception>
    public static List<NeighbourEntry> Read(Func<int, string> nameOf)
    {
        using var socket = NetlinkSocket.Open(NetlinkProtocol.Route);
        if (Inotify.Write(socket, Request, Request.Length) < 0) throw new KernelRefusal(Marshal.GetLastPInvokeError());
        var (found, buffer) = (new List<NeighbourEntry>(), new byte[32 * 1024]);
        // The kernel makes each part of a dump when the one before is taken, so there is never a wait.
        for (var datagrams = 0; datagrams < MostDatagrams; datagrams++)
        {
            var length = NetlinkSocket.Receive(socket, buffer, out _);
            if (length <= 0 || NeighbourMessages.Read(buffer.AsSpan(0, length), found, nameOf)) break;
        }
        return found;
    }
}
