using Microsoft.Win32.SafeHandles;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Wifi;

/// <summary>Hears from the kernel whenever an interface joins a network, leaves it or goes over to another access point.</summary>
internal sealed class JoinChanges : NetlinkEar
{
    // The group hears frames as well, with the elements of a beacon in them; of what is longer the beginning is enough.
    private const int Largest = 4 * 1024;
    private const int RestMilliseconds = 10;

    private JoinChanges(SafeFileHandle socket, Action wake)
        : base(socket, "wifi changes", Largest, RestMilliseconds, wake) => Start();

    /// <summary>Listens in the network namespace of the calling thread. Null: no wireless driver is loaded, or the kernel does not let it.</summary>
    public static JoinChanges? Listen(Action wake)
    {
        try
        {
            if (GenericFamily.Find(new GenericNetlink(), Nl80211.Family) is not { } family || !family.Groups.TryGetValue(Nl80211.JoiningGroup, out var group)) return null;
            return new JoinChanges(OpenFor(group), wake);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>A socket that hears a group.</summary>
    /// <exception cref="KernelRefusal">There is no such group.</exception>
    public static SafeFileHandle OpenFor(uint group)
    {
        // Bound to no group: the kernel tells nothing to a socket that has no address.
        var socket = NetlinkSocket.Open(NetlinkProtocol.Generic, groups: 0);
        try
        {
            NetlinkSocket.Join(socket, (int)group);
            return socket;
        }
        catch (KernelRefusal)
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Whether the datagram tells of a joining or leaving.</summary>
    public static bool IsOne(ReadOnlySpan<byte> datagram) =>
        datagram.Length > NetlinkSocket.HeaderLength && datagram[NetlinkSocket.HeaderLength] is Nl80211.Connect or Nl80211.Roam or Nl80211.Disconnect;

    protected override bool Take(ReadOnlySpan<byte> datagram) => IsOne(datagram);

    protected override void Missed()
    {
    }
}
