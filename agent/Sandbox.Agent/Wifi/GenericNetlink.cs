using System.Runtime.InteropServices;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Wifi;

/// <summary>The running kernel, in the network namespace of the calling thread. No question of this folder needs a privilege.</summary>
internal sealed class GenericNetlink : IGenericNetlink
{
    // The kernel fills at most 32 KiB of a list into one datagram.
    private readonly byte[] _buffer = new byte[32 * 1024];

    public IEnumerable<ReadOnlyMemory<byte>> Ask(byte[] request)
    {
        using var socket = NetlinkSocket.Open(NetlinkProtocol.Generic);
        if (Inotify.Write(socket, request, request.Length) < 0) throw new KernelRefusal(Marshal.GetLastPInvokeError());
        // The kernel makes each part of a list when the one before is taken, so there is never a wait.
        while (true)
        {
            var length = NetlinkSocket.Receive(socket, _buffer, out var isKernel);
            if (length <= 0) throw new KernelRefusal(Marshal.GetLastPInvokeError());
            if (isKernel) yield return _buffer.AsMemory(0, length);
        }
    }
}
