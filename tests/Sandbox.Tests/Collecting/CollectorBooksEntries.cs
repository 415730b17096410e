using Sandbox.Agent.Collecting;
using Sandbox.Protocol;
using State = Sandbox.Protocol.CollectorHealth.Types.State;

namespace Sandbox.Tests.Collecting;

public sealed class CollectorBooksEntries
{
    private readonly CollectorBooks _books = new(
    [
        new FileCollector("/", "b", Fact.KindOneofCase.Software) { Name = "b" },
        new FileCollector("/", "a", Fact.KindOneofCase.Hardware) { Name = "a" },
    ]);

    [Fact]
    public void Collectors_are_sorted_and_have_not_run_at_first() =>
        Assert.Equal([("a", State.NotRun), ("b", State.NotRun)], _books.Read().Select(one => (one.Name, one.State)));

    [Fact]
    public void A_run_says_state_time_and_duration()
    {
        var at = DateTimeOffset.UnixEpoch.AddDays(1);

        _books.Ran("a", new CollectorRun(State.Partial, "1 thing could not be seen", at, TimeSpan.FromMilliseconds(1.5), []));

        var one = _books.Read()[0];
        Assert.Equal((State.Partial, "1 thing could not be seen", at, 1.5), (one.State, one.Message, one.LastRun.ToDateTimeOffset(), one.DurationMs));
    }

    [Fact]
    public void A_good_run_takes_the_words_of_the_bad_one_back()
    {
        _books.Ran("a", new CollectorRun(State.Failed, "broken", default, default, []));

        _books.Ran("a", new CollectorRun(State.Ok, null, default, default, []));

        Assert.False(_books.Read()[0].HasMessage);
    }

    [Fact]
    public void Trouble_with_watching_is_said_beside_what_the_run_said()
    {
        _books.Ran("a", new CollectorRun(State.Partial, "1 thing could not be seen", default, default, []));

        _books.Watched("a", 3, "the limit is reached");

        Assert.Equal((3u, "1 thing could not be seen; the limit is reached"), (_books.Read()[0].Watches, _books.Read()[0].Message));
    }

    [Fact]
    public void Trouble_that_is_over_is_not_said_any_more()
    {
        _books.Watched("a", 3, "the limit is reached");

        _books.Watched("a", 4, null);

        Assert.False(_books.Read()[0].HasMessage);
    }

    [Fact]
    public void A_collector_that_is_only_polled_has_no_number_of_watches()
    {
        _books.Watched("a", 0, null);

        Assert.False(_books.Read()[0].HasWatches);
    }

    [Fact]
    public void Health_holds_the_books_and_what_the_spool_says()
    {
        var health = new LinuxAgentHealth(_books, () => new SpoolFigures(10, 100, 3, TimeSpan.FromSeconds(-2)), TimeProvider.System).Sample().AgentHealth;

        Assert.Equal((2, 10UL, 100UL, 3UL, -2000L),
            (health.Collectors.Count, health.SpoolBytes, health.SpoolLimitBytes, health.UnacknowledgedReports, health.ClockOffsetMs));
    }

    [Fact]
    public void Health_without_a_spool_does_not_say_zero()
    {
        var health = new LinuxAgentHealth(_books, null, TimeProvider.System).Sample().AgentHealth;

        Assert.False(health.HasSpoolBytes || health.HasUnacknowledgedReports || health.HasClockOffsetMs);
    }
}
