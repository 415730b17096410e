using Microsoft.Extensions.Time.Testing;
using Sandbox.Agent.Memory;

namespace Sandbox.Tests.Memory;

/// <summary>When memory is given back.</summary>
public sealed class SlimmingTimes : IDisposable
{
    private const long Slim = 20 << 20;
    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _stop = new();
    private long _resident = 60 << 20;
    private int _times;

    // What waits for the clock runs while it is set.
    public SlimmingTimes() => _ = new Slimming(() => _resident, () => (_resident, _times) = (Slim, _times + 1), _time).RunAsync(_stop.Token);

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    [Fact]
    public void The_first_time_is_after_everything_was_read()
    {
        Pass(Slimming.Settled - TimeSpan.FromSeconds(1));
        Assert.Equal(0, _times);

        Pass(TimeSpan.FromSeconds(1));

        Assert.Equal(1, _times);
    }

    [Fact]
    public void After_a_burst_it_is_given_back_soon()
    {
        Pass(Slimming.Settled + Slimming.Rest);
        _resident = Slim + Slimming.Worth;

        Pass(Slimming.Every);

        Assert.Equal((2, Slim), (_times, _resident));
    }

    [Fact]
    public void Little_is_left_alone()
    {
        Pass(Slimming.Settled);
        _resident = Slim + Slimming.Worth - 1;

        Pass(TimeSpan.FromHours(1));

        Assert.Equal(1, _times);
    }

    [Fact]
    public void Bursts_without_end_cost_no_more_than_two_a_minute()
    {
        Pass(Slimming.Settled);
        for (var i = 0; i < 10 * 60; i++)
        {
            _resident = 2 * Slim;
            Pass(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(_times, 19, 21);
    }

    private void Pass(TimeSpan span)
    {
        for (var left = span; left > TimeSpan.Zero; left -= TimeSpan.FromSeconds(1)) _time.Advance(TimeSpan.FromSeconds(1));
    }
}
