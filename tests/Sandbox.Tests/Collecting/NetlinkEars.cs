using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Sandbox.Agent.Collecting;
using Sandbox.Tests.PacketFilter;

namespace Sandbox.Tests.Collecting;

/// <summary>An ear on real netlink sockets: more than they hold, and what is not the kernel's.</summary>
public sealed partial class NetlinkEars(NetworkNamespace network) : IClassFixture<NetworkNamespace>
{
    private const int Netlink = 16, Raw = 3;

    // NETLINK_USERSOCK: what programs tell each other. RTMGRP_LINK: changes of interfaces.
    private const NetlinkProtocol Programs = (NetlinkProtocol)2;
    private const uint Group = 1;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void One_that_got_more_than_it_holds_says_so_and_goes_on_hearing()
    {
        using var ear = network.Inside(() =>
        {
            var socket = NetlinkSocket.Open(NetlinkProtocol.Route, Group);
            NetlinkSocket.MakeRoom(socket, 1);
            return new Ear(socket, restMilliseconds: 500);
        });
        // While it rests from the first, the others pile up.
        Change(1);
        Assert.True(ear.Heard.Wait(Soon, Ct), "The first change was not heard.");
        Change(100);

        Assert.True(ear.Overflowed.Wait(Soon, Ct), "It did not say that it missed something.");
        Drain(ear);
        Change(1);
        Assert.True(ear.Heard.Wait(Soon, Ct), "After that it heard nothing any more.");
    }

    [Fact]
    public void What_a_program_sends_is_not_taken_for_the_kernels_word()
    {
        using var listening = NetlinkSocket.Open(Programs, Group);
        using var ear = new Ear(NetlinkSocket.Open(Programs, Group), restMilliseconds: 1);
        using var sender = OpenSocket(Netlink, Raw, (int)Programs);
        var everybody = new Address { Family = Netlink, Groups = Group };
        byte[] message = [20, 0, 0, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4];

        // It goes to nobody in particular as well, which is refused.
        _ = SendTo(sender, message, (nuint)message.Length, 0, everybody, 12);

        var got = 0;
        var isKernel = true;
        Assert.True(SpinWait.SpinUntil(() => (got = NetlinkSocket.Receive(listening, new byte[64], out isKernel)) > 0, Soon), "This kernel carried no message between programs.");
        Assert.Equal((message.Length, false), (got, isKernel));
        Assert.False(ear.Heard.Wait(TimeSpan.FromMilliseconds(300), Ct), "A program's message was taken for the kernel's.");
    }

    private void Change(int times) => network.Run("ip", ["-batch", "-"], string.Concat(Enumerable.Range(0, times).Select(i => $"link set lo mtu {2000 + i % 2 + times}\n")));

    private static void Drain(Ear ear)
    {
        while (ear.Heard.Wait(TimeSpan.FromMilliseconds(1200), Ct))
        {
            // What was still under way.
        }
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial SafeFileHandle OpenSocket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "sendto", SetLastError = true)]
    private static partial nint SendTo(SafeFileHandle socket, ReadOnlySpan<byte> bytes, nuint length, int flags, in Address to, uint toLength);

    /// <summary>struct sockaddr_nl.</summary>
    private struct Address
    {
        public ushort Family;
        public ushort Padding;
        public uint Port;
        public uint Groups;
    }

    private sealed class Ear : NetlinkEar
    {
        public Ear(SafeFileHandle socket, int restMilliseconds)
            : base(socket, "ear", 32 * 1024, restMilliseconds, () => { }) => Start();

        public SemaphoreSlim Heard { get; } = new(0);

        public SemaphoreSlim Overflowed { get; } = new(0);

        protected override bool Take(ReadOnlySpan<byte> datagram)
        {
            Heard.Release();
            return true;
        }

        protected override void Missed() => Overflowed.Release();
    }
}
