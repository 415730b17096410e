using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Sandbox.Agent.Neighbours.Lldp;
using Sandbox.Protocol;

namespace Sandbox.Tests.NearbyMachines.Lldp;

/// <summary>Who is there, and for how long.</summary>
public sealed class HeardTimes
{
    private readonly FakeTimeProvider _time = new();
    private readonly HeardAnnouncements _heard;
    private bool _leftOut;
    private int _unplugged;

    public HeardTimes() => _heard = new HeardAnnouncements(_time);

    [Fact]
    public void Who_says_it_again_is_no_news_and_who_says_something_else_is()
    {
        Assert.True(_heard.Add(2, Said("switch", "1", 120)));
        Assert.False(_heard.Add(2, Said("switch", "1", 90)));
        Assert.True(_heard.Add(2, Said("switch", "1", 120, name: "renamed")));
        Assert.True(_heard.Add(2, Said("switch", "2", 120)));
        Assert.True(_heard.Add(3, Said("switch", "1", 120)));

        Assert.Equal(["i2 switch 1 renamed", "i2 switch 2 ", "i3 switch 1 "], Names());
    }

    [Fact]
    public void Silence_ends_it_when_the_announcement_said_so()
    {
        _heard.Add(2, Said("switch", "1", 120));
        _heard.Add(2, Said("phone", "1", 10));

        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(["i2 switch 1 "], Names());

        _time.Advance(TimeSpan.FromSeconds(110));
        Assert.Empty(Names());
        Assert.True(_heard.Add(2, Said("switch", "1", 120)));
    }

    [Fact]
    public void Whoever_takes_it_back_is_gone_at_once()
    {
        _heard.Add(2, Said("switch", "1", 120));

        Assert.True(_heard.Add(2, Said("switch", "1", 0)));
        Assert.False(_heard.Add(2, Said("switch", "1", 0)));

        Assert.Empty(Names());
    }

    [Fact]
    public void Of_a_link_that_is_gone_nobody_is_there_until_somebody_says_so_again()
    {
        _heard.Add(2, Said("switch", "1", 120));
        _heard.Add(3, Said("phone", "1", 120));

        _unplugged = 2;
        Assert.Equal(["i3 phone 1 "], Names());

        _unplugged = 0;
        Assert.Equal(["i3 phone 1 "], Names());
        Assert.True(_heard.Add(2, Said("switch", "1", 120)));
    }

    [Fact]
    public void Made_up_names_by_the_thousand_take_no_more_room_and_push_nobody_out()
    {
        _heard.Add(2, Said("switch", "1", 120));
        for (var i = 0; i < 10_000; i++) _heard.Add(2, Said(i.ToString(CultureInfo.InvariantCulture), "1", 65535));

        Assert.Equal(HeardAnnouncements.MostOfOne, Names().Length);
        Assert.True(_leftOut);
        Assert.Contains("i2 switch 1 ", Names());
        Assert.False(_leftOut);
        Assert.False(_heard.Add(2, Said("switch", "1", 120)));
        Assert.True(_heard.Add(3, Said("switch", "2", 120)));
    }

    [Fact]
    public void Nobody_is_believed_for_longer_than_an_hour()
    {
        _heard.Add(2, Said("switch", "1", 65535));

        _time.Advance(TimeSpan.FromMinutes(61));

        Assert.Empty(Names());
    }

    [Fact]
    public void Whoever_says_something_else_each_time_wakes_nobody_more_than_a_few_times_a_minute()
    {
        var (news, woken) = (new NewsPerMinute(_time), 0);
        for (var i = 0; i < 600; i++)
        {
            if (news.Take()) woken++;
            _time.Advance(TimeSpan.FromMilliseconds(200));
        }

        Assert.Equal(2 * NewsPerMinute.Most, woken);
    }

    private string[] Names() => [.. _heard.Now(number => $"i{number}", number => number != _unplugged, out _leftOut).Select(one => $"{one.Interface} {one.ChassisId} {one.PortId} {one.SystemName}")];

    private static Announcement Said(string chassis, string port, int seconds, string? name = null)
    {
        var neighbour = new LldpNeighbour { ChassisId = chassis, PortId = port };
        if (name is not null) neighbour.SystemName = name;
        return new(neighbour, TimeSpan.FromSeconds(seconds));
    }
}
