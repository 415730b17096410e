using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Tests.Collecting;

public sealed class LaneRests
{
    [Fact]
    public void A_wake_during_a_run_waits_until_the_rest_is_over()
    {
        var (lane, beat) = (new Lane(new FileCollector("/", "etc/hostname", Fact.KindOneofCase.OperatingSystem)), new Heartbeat());
        Ran(lane, from: 0);
        lane.Wake(At(2));
        lane.Start(Task.FromResult(Run));

        lane.Wake(At(2.5));
        lane.Ended(Run, At(3));

        // 1 s, 0.3 of it saved up.
        Assert.False(lane.Due(At(9.9), beat));
        Assert.True(lane.Due(At(10), beat));
    }

    [Fact]
    public void One_change_after_the_other_is_not_kept_waiting()
    {
        var credit = new LaneCredit();

        for (var i = 0; i < 10; i++) Assert.Equal(TimeSpan.Zero, credit.RestAfter(TimeSpan.FromMilliseconds(30), At(5 + (i * 0.05))));

        Assert.True(credit.RestAfter(TimeSpan.FromMilliseconds(100), At(5.5)) > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, credit.RestAfter(TimeSpan.FromMilliseconds(100), At(9)));
    }

    [Theory]
    [InlineData(0.001), InlineData(0.03), InlineData(0.5), InlineData(2.5)]
    public void A_storm_gets_a_tenth_of_the_time_and_what_was_saved_up(double took)
    {
        var (credit, now, run) = (new LaneCredit(), 0d, 0d);
        while (now < 600)
        {
            now += took;
            run += took;
            now += credit.RestAfter(TimeSpan.FromSeconds(took), At(now)).TotalSeconds;
        }

        Assert.InRange(run, 0.09 * now, (0.1 * now) + LaneCredit.Most.TotalSeconds + took);
    }

    [Fact]
    public void Whoever_takes_its_whole_budget_gets_a_quarter()
    {
        var (credit, now, run) = (new LaneCredit(), 0d, 0d);
        while (now < 6000)
        {
            (now, run) = (now + 10, run + 10);
            now += credit.RestAfter(TimeSpan.FromSeconds(10), At(now)).TotalSeconds;
        }

        Assert.InRange(run / now, 0.24, 0.26);
    }

    [Fact]
    public void Whoever_takes_a_minute_rests_no_longer_than_half_of_one_each_time()
    {
        var credit = new LaneCredit();

        Assert.All([60, 150, 240], now => Assert.Equal(LaneCredit.LongestRest, credit.RestAfter(TimeSpan.FromMinutes(1), At(now))));
    }

    private static CollectorRun Run { get; } =
        new(CollectorHealth.Types.State.Ok, null, DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(1), []);

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    private static void Ran(Lane lane, double from)
    {
        lane.Start(Task.FromResult(Run));
        lane.Ended(Run, At(from + 1));
    }
}
