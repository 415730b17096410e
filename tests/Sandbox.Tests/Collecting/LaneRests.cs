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

        Assert.False(lane.Due(At(11.9), beat));
        Assert.True(lane.Due(At(12), beat));
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
