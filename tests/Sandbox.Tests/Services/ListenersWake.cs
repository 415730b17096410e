using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Collecting.Listening;
using Sandbox.Agent.Services;
using Sandbox.Tests.Collecting;
using Sandbox.Tests.PacketFilter;

namespace Sandbox.Tests.Services;

/// <summary>Real sockets that wait for others wake the collector by themselves, within far less than its poll of a minute.</summary>
public sealed class ListenersWake(NetworkNamespace network, ITestOutputHelper output) : IClassFixture<NetworkNamespace>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);
    private static readonly RootFolder Here = new("/");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SocketType.Stream), InlineData(SocketType.Dgram)]
    public async Task A_listener_that_comes_and_goes_is_told_both_times(SocketType type)
    {
        Require();
        await using var loop = new RunningLoop("/", null, new LinuxServices("/"));
        await ToldAsync(loop, 0, told: false);
        using var socket = Fixed(type, out var port);

        var since = Stopwatch.GetTimestamp();
        if (type == SocketType.Stream) socket.Listen();
        await ToldAsync(loop, port, told: true);
        output.WriteLine($"told after {Stopwatch.GetElapsedTime(since).TotalMilliseconds:0} ms");
        since = Stopwatch.GetTimestamp();
        socket.Dispose();
        await ToldAsync(loop, port, told: false);
        output.WriteLine($"its end after {Stopwatch.GetElapsedTime(since).TotalMilliseconds:0} ms");
    }

    [Fact]
    public void Sockets_of_clients_wake_nobody_and_a_listener_does() => network.Inside(() =>
    {
        Require();
        using var woken = new SemaphoreSlim(0);
        using var watch = ListenerWatch.Listen(Here, () => woken.Release());
        Assert.NotNull(watch);

        for (var i = 0; i < 2000; i++)
        {
            using var client = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            client.Bind(new IPEndPoint(IPAddress.Any, 0));
        }
        Assert.False(woken.Wait(TimeSpan.FromMilliseconds(500), Ct), "Sockets on lent ports woke somebody.");

        using var listener = Fixed(SocketType.Dgram, out _);
        Assert.True(woken.Wait(Soon, Ct), "A socket on a port of its own woke nobody.");
        return true;
    });

    [Fact]
    public void A_storm_of_listeners_wakes_no_more_often_than_there_are_looks() => network.Inside(() =>
    {
        Require();
        var (woken, kept) = (0, new List<Socket>());
        using (var watch = ListenerWatch.Listen(Here, () => woken++))
        {
            for (var since = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(1) && kept.Count < 1000;)
            {
                kept.Add(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
                kept[^1].Bind(new IPEndPoint(IPAddress.Any, 0));
                kept[^1].Listen();
                Thread.CurrentThread.Join(1);
            }
        }
        kept.ForEach(one => one.Dispose());
        Assert.InRange(woken, 1, 10);
        return true;
    });

    [Fact]
    public void What_changes_all_the_time_is_looked_at_less_often() => network.Inside(() =>
    {
        Require();
        var woken = 0;
        using (var watch = ListenerWatch.Listen(Here, () => Interlocked.Increment(ref woken)))
        {
            for (var since = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(8);)
            {
                using var one = Fixed(SocketType.Dgram, out _);
                Thread.CurrentThread.Join(60);
            }
        }
        // 8 s have room for sixty looks.
        Assert.InRange(woken, 2, 25);
        return true;
    });

    [Fact]
    public void A_look_makes_no_garbage() => network.Inside(() =>
    {
        Require();
        using var look = new SocketLook(LentPorts.Of(Here));
        _ = look.Sum();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) _ = look.Sum();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        return true;
    });

    [Fact]
    public void Of_another_system_the_kernel_is_not_asked()
    {
        using var files = new MachineFiles();

        Assert.Null(new LinuxServices(files.Root).Listen(() => { }));
    }

    private static void Require() => Assert.SkipWhen(ListenerWatch.Refusal(Here) is not null, $"This kernel does not say who listens: {ListenerWatch.Refusal(Here)?.Message}");

    // A port that is not lent to anybody.
    private static Socket Fixed(SocketType type, out int port)
    {
        var lent = LentPorts.Of(Here);
        for (port = lent.First - 1; port > 1024; port--)
        {
            var socket = new Socket(AddressFamily.InterNetwork, type, type == SocketType.Stream ? ProtocolType.Tcp : ProtocolType.Udp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Any, port));
                return socket;
            }
            catch (SocketException)
            {
                socket.Dispose();
            }
        }
        throw new InvalidOperationException("No port is free.");
    }

    // A change after the last one that was waited for.
    private static async Task ToldAsync(RunningLoop loop, int port, bool told)
    {
        while ((await loop.Sink.NextChangeAsync(Ct)).Changed.Select(fact => fact.Services).OfType<Protocol.Services>().All(said => said.Listeners.Any(one => one.Port == port) != told))
        {
        }
    }
}
