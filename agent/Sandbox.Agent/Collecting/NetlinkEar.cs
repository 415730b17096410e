using Microsoft.Win32.SafeHandles;

namespace Sandbox.Agent.Collecting;

/// <summary>Hears what the kernel tells a group of netlink(7).</summary>
/// <inheritdoc cref="SocketEar(SafeFileHandle, string, int, int, Action)"/>
internal abstract class NetlinkEar(SafeFileHandle socket, string name, int largest, int restMilliseconds, Action wake) : SocketEar(socket, name, largest, restMilliseconds, wake)
{
    /// <inheritdoc/>
    protected sealed override int Receive(SafeFileHandle socket, Span<byte> buffer, out bool counts) => NetlinkSocket.Receive(socket, buffer, out counts);
}
