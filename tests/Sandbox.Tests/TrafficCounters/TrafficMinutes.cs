using Sandbox.Agent.Bandwidth;
using Sandbox.Protocol;

namespace Sandbox.Tests.TrafficCounters;

/// <summary>Readings become minutes: nothing is counted twice, and a counter that begins anew is a gap and never a spike.</summary>
public sealed class TrafficMinutes
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly TrafficMeter _meter = new(_ => (true, 1_000_000_000));
    private DateTimeOffset _now = Noon;
    private LiveTraffic? _last;

    [Fact]
    public void What_was_counted_before_the_first_reading_is_not_traffic()
    {
        Assert.Null(Read(received: 5_000_000_000));
        Assert.Null(_last);
    }

    [Fact]
    public void A_minute_is_the_growth_of_its_readings_with_the_busiest_second()
    {
        Read(1000, 100);
        for (var i = 1; i < 60; i++) Assert.Null(Read(1000 + (ulong)(i * 100) + (i >= 30 ? 5000u : 0), 100));

        var minute = Read(20_000, 400)!;

        var eth = Assert.Single(minute.Interfaces);
        Assert.Equal(((uint)(Noon.ToUnixTimeSeconds() / 60), 60_000u, "eth0", true, 1_000_000_000UL), (minute.Minute, minute.MeasuredMs, eth.Name, eth.InTotal, eth.Speed));
        Assert.Equal((19_000UL, 300UL, 64_800UL, 2400UL), (eth.ReceivedBytes, eth.SentBytes, eth.ReceivedPeak, eth.SentPeak));
    }

    [Fact]
    public void A_second_says_what_passed_in_it()
    {
        Read(1000);
        _now += TimeSpan.FromSeconds(.25);

        Read(3000, span: TimeSpan.FromSeconds(1.25));

        Assert.Equal((1250u, 2000UL), (_last!.MeasuredMs, _last.Interfaces.Single().ReceivedBytes));
    }

    [Fact]
    public void A_counter_that_began_anew_adds_nothing()
    {
        Read(4_000_000_000);

        Read(500);
        Assert.Empty(_last!.Interfaces);

        Read(700);
        Assert.Equal(200UL, _last!.Interfaces.Single().ReceivedBytes);
    }

    [Fact]
    public void What_passed_while_the_machine_slept_belongs_to_no_minute()
    {
        Read(1000);
        Read(1100);
        _now += TimeSpan.FromHours(3);

        var before = Read(900_000_000, span: TimeSpan.FromHours(3))!;

        Assert.Equal((1000u, 100UL), (before.MeasuredMs, before.Interfaces.Single().ReceivedBytes));
        Assert.Null(_last);
    }

    [Fact]
    public void An_interface_that_comes_and_goes_counts_while_it_is_there()
    {
        Take(("eth0", 100));
        Take(("eth0", 200), ("wg0", 900));
        Take(("eth0", 300), ("wg0", 950));
        Take(("eth0", 400));
        _now = Noon.AddMinutes(1);

        var minute = Take(("eth0", 500))!;

        Assert.Equal([("eth0", 400UL), ("wg0", 50UL)], minute.Interfaces.Select(one => (one.Name, one.ReceivedBytes)));
    }

    private TrafficMinute? Read(ulong received, ulong sent = 0, TimeSpan? span = null)
    {
        var over = _meter.Take(new() { ["eth0"] = new Counters(received, 0, 0, 0, sent, 0, 0, 0) }, _now, span ?? Second, out _last);
        _now += Second;
        return over;
    }

    private TrafficMinute? Take(params (string Name, ulong Received)[] all)
    {
        var over = _meter.Take(all.ToDictionary(one => one.Name, one => new Counters(one.Received, 0, 0, 0, 0, 0, 0, 0)), _now, Second, out _last);
        _now += Second;
        return over;
    }
}
