using System.Net;
using System.Net.Sockets;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Collecting.Listening;
using Sandbox.Tests.PacketFilter;

namespace Sandbox.Tests.Services;

/// <summary>One look at the sockets for all who want to know.</summary>
public sealed class ListeningShared(NetworkNamespace network) : IClassFixture<NetworkNamespace>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Each_is_woken_until_it_ends_and_whoever_comes_after_the_last_as_well() => network.Inside(() =>
    {
        Assert.SkipWhen(ListenerWatch.Refusal(new RootFolder("/")) is not null, "the kernel does not answer questions about sockets here");
        var shared = new SharedListening(new RootFolder("/"));
        using var one = new SemaphoreSlim(0);
        using var other = new SemaphoreSlim(0);
        var first = shared.Listen(() => one.Release());
        var second = shared.Listen(() => other.Release());

        using (Listener()) Assert.True(one.Wait(Soon, Ct) && other.Wait(Soon, Ct), "Not both were woken.");
        first!.Dispose();
        Assert.True(other.Wait(Soon, Ct), "The end of the socket woke nobody.");
        while (one.Wait(0, Ct) || other.Wait(0, Ct)) { }
        using (Listener()) Assert.True(other.Wait(Soon, Ct), "Who stays was not woken.");
        Assert.Equal(0, one.CurrentCount);

        second!.Dispose();
        using var third = shared.Listen(() => one.Release());
        using (Listener()) Assert.True(one.Wait(Soon, Ct), "Who came after the last was not woken.");
        return true;
    });

    private static Socket Listener()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Any, 0));
        socket.Listen();
        return socket;
    }
}
