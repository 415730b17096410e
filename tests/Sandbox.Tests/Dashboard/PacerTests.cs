using Microsoft.Extensions.Time.Testing;
using Sandbox.Protocol;
using Sandbox.Server.Dashboard.Events;
using Sandbox.Server.Live;

namespace Sandbox.Tests.Dashboard;

public sealed class PacerTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);
    private readonly FakeTimeProvider _time = new();
    private readonly Pacer _pacer;

    public PacerTests() => _pacer = new Pacer(Step, TimeSpan.FromSeconds(15), _time);

    [Fact]
    public void The_first_change_is_due_at_once()
    {
        Take(LiveChange.Facts);

        Assert.Equal(TimeSpan.Zero, _pacer.Wait());
        Assert.Equal(["change"], Due());
    }

    [Fact]
    public void A_burst_is_one_more_change_at_the_end_of_the_step()
    {
        Take(LiveChange.Facts);
        Due();
        for (var i = 0; i < 50; i++) Take(LiveChange.Facts);

        Assert.Empty(Due());
        Assert.Equal(Step, _pacer.Wait());
        _time.Advance(Step);
        Assert.Equal(["change"], Due());
        Assert.Empty(Due());
    }

    [Fact]
    public void Signs_of_life_do_not_make_a_page_read_itself_again()
    {
        Take(LiveChange.Seen);

        Assert.Equal(["seen"], Due());
    }

    [Fact]
    public void Lost_events_make_a_page_read_itself_again()
    {
        _pacer.Take(new LiveEvent(DeviceId.New(), LiveChange.Seen, _time.GetUtcNow(), Missed: true));

        Assert.Equal(["change"], Due());
    }

    [Fact]
    public void Silence_is_broken_by_a_beat()
    {
        Assert.Equal(TimeSpan.FromSeconds(15), _pacer.Wait());

        _time.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal(["beat"], Due());
    }

    private void Take(LiveChange change) => _pacer.Take(new LiveEvent(DeviceId.New(), change, _time.GetUtcNow()));

    private string[] Due() => [.. _pacer.Due().Select(item => item.EventType)];
}
