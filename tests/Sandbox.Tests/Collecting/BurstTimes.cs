using Sandbox.Agent.Collecting;

namespace Sandbox.Tests.Collecting;

public sealed class BurstTimes
{
    private readonly Burst _burst = new();

    [Fact]
    public void Nothing_touched_is_nothing_taken() => Assert.Equal((0UL, null), (_burst.Take(At(1000)), _burst.Ends));

    [Fact]
    public void It_is_over_after_forty_quiet_milliseconds()
    {
        _burst.Touch(1, At(0));

        Assert.Equal((0UL, 1UL), (_burst.Take(At(39)), _burst.Take(At(40))));
    }

    [Fact]
    public void Another_change_keeps_it_going()
    {
        _burst.Touch(1, At(0));
        _burst.Touch(1, At(30));

        Assert.Equal((0UL, 1UL), (_burst.Take(At(69)), _burst.Take(At(70))));
    }

    [Fact]
    public void It_ends_after_two_hundred_milliseconds_whatever_happens()
    {
        for (var at = 0; at < 200; at += 10) _burst.Touch(1, At(at));

        Assert.Equal(1UL, _burst.Take(At(200)));
    }

    [Fact]
    public void It_gathers_all_lanes()
    {
        _burst.Touch(1, At(0));
        _burst.Touch(8, At(5));

        Assert.Equal(9UL, _burst.Take(At(100)));
    }

    [Fact]
    public void It_is_taken_once()
    {
        _burst.Touch(1, At(0));
        _burst.Take(At(50));

        Assert.Equal(0UL, _burst.Take(At(300)));
    }

    [Fact]
    public void Only_the_first_change_begins_it()
    {
        var begins = _burst.Touch(1, At(0));
        var goesOn = _burst.Touch(2, At(1));

        Assert.Equal((true, false), (begins, goesOn));
    }

    private static TimeSpan At(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
