using Microsoft.Extensions.Time.Testing;
using Sandbox.Agent.Bandwidth;
using Sandbox.Protocol;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.TrafficCounters;

/// <summary>What is read of <c>/proc/net/dev</c> and <c>/sys/class/net</c>, second by second.</summary>
public sealed class CounterFiles : IDisposable
{
    private const string Head =
        """
        Inter-|   Receive                                                |  Transmit
         face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed

        """;

    private readonly MachineFiles _files = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly List<LiveTraffic> _seconds = [];
    private readonly LinuxInterfaceCounters _collector;

    public CounterFiles()
    {
        _files.With("proc/net/dev", Head);
        _collector = new LinuxInterfaceCounters(_files.Root, _time) { Second = _seconds.Add };
    }

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_minute_that_is_over_is_brought_once_it_is_durable_and_never_again()
    {
        _files.With("proc/net/dev", Head + "  eth0: 0 0 1 2 0 0 0 0 0 0 3 4 0 0 0 0\n");
        using var reading = _collector.Listen(() => { });
        for (var i = 1; i <= 61; i++) Tick($"  eth0: {i * 1000} {i} 1 2 0 0 0 0 {i * 10} {i} 3 4 0 0 0 0");

        var first = Assert.Single(await CollectAsync());
        var again = Assert.Single(await CollectAsync());
        _collector.Delivered();

        Assert.Equal(first, again);
        Assert.Empty(await CollectAsync());
        var minute = Assert.Single(first.InterfaceCounters.Minutes);
        var eth = Assert.Single(minute.Interfaces);
        Assert.Equal((60_000u, 60_000UL, 600UL, 60UL), (minute.MeasuredMs, eth.ReceivedBytes, eth.SentBytes, eth.ReceivedPackets));
        Assert.Equal((0UL, 0UL), (eth.ReceivedErrors, eth.SentDrops));
    }

    [Fact]
    public async Task What_was_measured_of_a_minute_when_the_reading_ends_is_brought()
    {
        var reading = _collector.Listen(() => { });
        Tick("  eth0: 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0");
        Tick("  eth0: 700 7 0 0 0 0 0 0 90 9 0 0 0 0 0 0");
        _files.With("proc/net/dev", Head + "  eth0: 1000 10 0 0 0 0 0 0 90 9 0 0 0 0 0 0\n");

        reading.Dispose();
        reading.Dispose();

        var minute = Assert.Single(Assert.Single(await CollectAsync()).InterfaceCounters.Minutes);
        Assert.Equal((2000u, 700UL), (minute.MeasuredMs, Assert.Single(minute.Interfaces).ReceivedBytes));
    }

    [Fact]
    public async Task A_loop_that_stops_puts_what_was_measured_and_brought_once()
    {
        var loop = new RunningLoop(_files.Root, _time, _collector);
        _ = await loop.Sink.NextAsync(TestContext.Current.CancellationToken);
        Tick("  eth0: 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0");
        Tick("  eth0: 700 7 0 0 0 0 0 0 90 9 0 0 0 0 0 0");

        await loop.DisposeAsync();

        var said = await loop.Sink.NextChangeAsync(TestContext.Current.CancellationToken);
        Assert.Equal(700UL, Assert.Single(Assert.Single(Assert.Single(said.Changed).InterfaceCounters.Minutes).Interfaces).ReceivedBytes);
        Assert.Equal(0, loop.Sink.Waiting);
        Assert.Empty(await CollectAsync());
    }

    [Fact]
    public async Task A_loop_that_is_stopped_while_it_waits_for_the_sink_puts_it_all_the_same()
    {
        var loop = new RunningLoop(_files.Root, _time, _collector);
        _ = await loop.Sink.NextAsync(TestContext.Current.CancellationToken);
        Tick("  eth0: 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0");
        Tick("  eth0: 700 7 0 0 0 0 0 0 90 9 0 0 0 0 0 0");
        var busy = new TaskCompletionSource();
        loop.Sink.Busy = busy.Task;
        _time.Advance(TimeSpan.FromSeconds(8));
        loop.Loop.Heartbeat = TimeSpan.FromSeconds(10);
        await loop.Sink.IsAskedAsync(TestContext.Current.CancellationToken);

        var stopping = loop.DisposeAsync().AsTask();
        busy.SetResult();
        await stopping;

        var said = await loop.Sink.NextChangeAsync(TestContext.Current.CancellationToken);
        Assert.Equal(700UL, said.Changed.Single(fact => fact.KindCase == Fact.KindOneofCase.InterfaceCounters).InterfaceCounters.Minutes.Sum(minute => (decimal)minute.Interfaces.Sum(one => (decimal)one.ReceivedBytes)));
    }

    [Fact]
    public void Errors_and_drops_are_counted_each_way_and_loopback_is_not()
    {
        using var reading = _collector.Listen(() => { });
        Tick("    lo: 5 5 0 0 0 0 0 0 5 5 0 0 0 0 0 0\n  eth0: 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0");
        Tick("    lo: 9 9 0 0 0 0 0 0 9 9 0 0 0 0 0 0\n  eth0: 0 0 1 2 0 0 0 0 0 0 3 4 0 0 0 0");

        var eth = Assert.Single(_seconds[^1].Interfaces);
        Assert.Equal(("eth0", 1UL, 2UL, 3UL, 4UL), (eth.Name, eth.ReceivedErrors, eth.ReceivedDrops, eth.SentErrors, eth.SentDrops));
    }

    [Theory]
    [InlineData("device of eth0", "eth0")]
    [InlineData("bridge of br0, master of veth1", "eth0,wg0")]
    [InlineData("", "br0,eth0,veth1,wg0")]
    public void What_counts_for_the_machine_is_physical_or_else_belongs_to_no_other(string links, string counting)
    {
        foreach (var link in links.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(word => word.Split(" of ")))
            _files.WithFolder($"sys/class/net/{link[1]}/{link[0]}");
        using var reading = _collector.Listen(() => { });
        for (var i = 0; i < 2; i++) Tick(string.Join('\n', new[] { "wg0", "veth1", "eth0", "br0" }.Select(name => $"{name}: {i} 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0")));

        Assert.Equal(counting, string.Join(',', _seconds[^1].Interfaces.Where(one => one.InTotal).Select(one => one.Name)));
    }

    [Fact]
    public void The_speed_is_said_where_there_is_one()
    {
        _files.With("sys/class/net/eth0/speed", "2500\n").With("sys/class/net/wlan0/speed", "-1\n");
        using var reading = _collector.Listen(() => { });
        for (var i = 0; i < 2; i++) Tick($"eth0: {i} 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0\nwlan0: {i} 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0");

        Assert.Equal((2_500_000_000UL, false), (_seconds[^1].Interfaces[0].Speed, _seconds[^1].Interfaces[1].HasSpeed));
    }

    [Fact]
    public async Task What_cannot_be_read_is_said_once_and_again_when_it_is_back()
    {
        File.Delete(_files.At("proc/net/dev"));

        var said = Assert.Single(await CollectAsync());
        _collector.Delivered();
        var silent = await CollectAsync();
        _files.With("proc/net/dev", Head);
        var back = Assert.Single(await CollectAsync());

        Assert.Equal("/proc/net/dev: not present", $"{said.InterfaceCounters.Unseen.Single().What}: {said.InterfaceCounters.Unseen.Single().Why}");
        Assert.Empty(silent);
        Assert.Empty(back.InterfaceCounters.Unseen);
    }

    [Fact]
    public async Task A_day_without_room_keeps_the_newest_day_and_brings_it_in_parts()
    {
        using var reading = _collector.Listen(() => { });
        for (var i = 0; i < 60 * (LinuxInterfaceCounters.MostMinutes + 30); i++) _time.Advance(TimeSpan.FromSeconds(1));
        var minutes = new List<uint>();

        do
        {
            minutes.AddRange((await CollectAsync()).Single().InterfaceCounters.Minutes.Select(minute => minute.Minute));
            _collector.Delivered();
        }
        while (_collector.HasMore);

        Assert.Equal(LinuxInterfaceCounters.MostMinutes, minutes.Distinct().Count());
        Assert.Equal((uint)(_time.GetUtcNow().ToUnixTimeSeconds() / 60) - 1, minutes[^1]);
    }

    // A second passes, and the counters say this.
    private void Tick(string lines)
    {
        File.WriteAllText(_files.At("proc/net/dev"), Head + lines + "\n");
        _time.Advance(TimeSpan.FromSeconds(1));
    }

    private ValueTask<IReadOnlyList<Fact>> CollectAsync() => _collector.CollectAsync(TestContext.Current.CancellationToken);
}
