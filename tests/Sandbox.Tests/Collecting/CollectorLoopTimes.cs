using Microsoft.Extensions.Time.Testing;
using Sandbox.Protocol;
using Kind = Sandbox.Protocol.Fact.KindOneofCase;
using State = Sandbox.Protocol.CollectorHealth.Types.State;

namespace Sandbox.Tests.Collecting;

/// <summary>What the loop does when, on a clock that the test turns.</summary>
public sealed class CollectorLoopTimes : IDisposable
{
    private readonly MachineFiles _files = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_heartbeat_comes_within_its_time_with_a_sample_of_health()
    {
        await using var loop = await StartedAsync(One());

        await TurnUntil(() => loop.Sink.Waiting > 0, TimeSpan.FromSeconds(60));

        Assert.Equal(Kind.AgentHealth, (await loop.Sink.NextAsync(Ct)).Samples.Single().KindCase);
    }

    [Fact]
    public async Task A_shorter_heartbeat_counts_at_once()
    {
        await using var loop = await StartedAsync(One());

        loop.Loop.Heartbeat = TimeSpan.FromSeconds(10);
        await TurnUntil(() => loop.Sink.Waiting > 0, TimeSpan.FromSeconds(11));

        Assert.Single((await loop.Sink.NextAsync(Ct)).Samples);
    }

    [Theory]
    [InlineData(1, 10), InlineData(30, 30), InlineData(9999, 3600)]
    public void A_heartbeat_stays_between_ten_seconds_and_an_hour(int asked, int got)
    {
        var set = new Sandbox.Agent.Collecting.CollectorSet(_files.Root, [], new([]), null);
        using var loop = new Sandbox.Agent.Collecting.CollectorLoop(
            set, new KeptBatches(), new(), _time, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);

        loop.Heartbeat = TimeSpan.FromSeconds(asked);

        Assert.Equal(TimeSpan.FromSeconds(got), loop.Heartbeat);
    }

    [Fact]
    public async Task A_poll_that_finds_the_same_is_said_with_the_heartbeat()
    {
        await using var loop = await StartedAsync(One(TimeSpan.FromMinutes(1)));

        await TurnUntil(() => loop.Sink.Waiting > 0, TimeSpan.FromSeconds(61));
        var batch = await loop.Sink.NextAsync(Ct);

        Assert.Equal([Kind.OperatingSystem], batch.Unchanged);
        Assert.Empty(batch.Changed);
    }

    [Fact]
    public async Task What_was_not_read_again_is_not_called_unchanged()
    {
        await using var loop = await StartedAsync(One(TimeSpan.FromHours(1)));

        await TurnUntil(() => loop.Sink.Waiting > 0, TimeSpan.FromSeconds(61));

        Assert.Empty((await loop.Sink.NextAsync(Ct)).Unchanged);
    }

    [Fact]
    public async Task The_poll_finds_what_no_trigger_saw()
    {
        _files.With("etc/hostname", "one");
        await using var loop = await StartedAsync(One(TimeSpan.FromMinutes(10), watched: "nowhere"));
        _files.With("etc/hostname", "two");

        await TurnUntil(() => loop.Sink.Waiting > 9, TimeSpan.FromMinutes(12), TimeSpan.FromSeconds(5));

        await loop.Sink.SaysAsync("two", Ct);
    }

    [Fact]
    public async Task A_refresh_reports_what_was_reported_before()
    {
        _files.With("etc/hostname", "one");
        await using var loop = await StartedAsync(One());

        loop.Refresh.Ask([Kind.OperatingSystem]);

        Assert.Equal("one", (await loop.Sink.NextAsync(Ct)).Changed.Single().OperatingSystem.HostName);
    }

    [Fact]
    public async Task A_refresh_of_one_kind_leaves_the_others_alone()
    {
        var other = new FileCollector(_files.Root, "etc/other", Kind.Hardware);
        await using var loop = await StartedAsync(One(), other);

        loop.Refresh.Ask([Kind.OperatingSystem]);
        await loop.Sink.NextAsync(Ct);

        Assert.Equal(1, other.Runs);
    }

    [Fact]
    public async Task A_refresh_of_everything_brings_everything_and_health()
    {
        await using var loop = await StartedAsync(One(), new FileCollector(_files.Root, "etc/other", Kind.Hardware));

        loop.Refresh.Ask([]);
        var batch = await loop.Sink.NextAsync(Ct);

        Assert.Equal([Kind.Hardware, Kind.OperatingSystem, Kind.AgentHealth], batch.Changed.Concat(batch.Samples).Select(fact => fact.KindCase));
    }

    [Fact]
    public async Task Files_that_change_in_one_burst_are_one_batch()
    {
        _files.With("etc/hostname", "1").With("etc/other", "1");
        await using var loop = await StartedAsync(One(), new FileCollector(_files.Root, "etc/other", Kind.Hardware));

        _files.Replace("etc/hostname", "2");
        _files.Replace("etc/other", "2");
        await Task.Delay(TimeSpan.FromMilliseconds(400), TimeProvider.System, Ct);
        await TurnUntil(() => loop.Sink.Waiting > 0, TimeSpan.FromSeconds(1));

        Assert.Equal(2, (await loop.Sink.NextChangeAsync(Ct)).Changed.Count);
    }

    [Fact]
    public async Task A_collector_that_throws_is_failed_in_words_and_harms_nobody()
    {
        var broken = new FileCollector(_files.Root, "etc/other", Kind.Hardware) { Before = _ => throw new InvalidOperationException("line 3 is odd") };
        await using var loop = new RunningLoop(_files.Root, _time, broken, One());

        var batch = await loop.Sink.NextChangeAsync(Ct);

        Assert.Equal(Kind.OperatingSystem, batch.Changed.Single().KindCase);
        Assert.Equal((State.Failed, "InvalidOperationException: line 3 is odd"), (loop.Health("Hardware").State, loop.Health("Hardware").Message));
    }

    [Fact]
    public async Task A_collector_over_its_budget_is_stopped_and_harms_nobody()
    {
        var slow = new FileCollector(_files.Root, "etc/other", Kind.Hardware) { Before = ct => Task.Delay(Timeout.InfiniteTimeSpan, _time, ct) };
        await using var loop = new RunningLoop(_files.Root, _time, TimeSpan.FromSeconds(10), slow, One());
        await TurnUntil(() => loop.Sink.Waiting > 0, TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(20));
        Assert.Equal(Kind.OperatingSystem, (await loop.Sink.NextChangeAsync(Ct)).Changed.Single().KindCase);

        await TurnUntil(() => loop.Health("Hardware").State != State.NotRun, TimeSpan.FromSeconds(12));

        Assert.Equal(State.OverBudget, loop.Health("Hardware").State);
    }

    [Fact]
    public async Task A_collector_that_cannot_be_stopped_is_left_alone_until_it_ends()
    {
        var stuck = new TaskCompletionSource();
        var deaf = new FileCollector(_files.Root, "etc/other", Kind.Hardware) { Before = _ => stuck.Task };
        await using var loop = new RunningLoop(_files.Root, _time, TimeSpan.FromSeconds(1), deaf, One());
        await TurnUntil(() => loop.Health("Hardware").State == State.OverBudget, TimeSpan.FromSeconds(3));

        loop.Refresh.Ask([Kind.Hardware]);
        await TurnUntil(() => deaf.Runs > 1, TimeSpan.FromSeconds(3));
        Assert.Equal(1, deaf.Runs);
        stuck.SetResult();
        await TurnUntil(() => deaf.Runs > 1, TimeSpan.FromSeconds(3));

        Assert.Equal(2, deaf.Runs);
    }

    [Fact]
    public async Task What_found_no_room_is_read_and_offered_again()
    {
        _files.With("etc/hostname", "one");
        await using var loop = await StartedAsync(One());
        loop.Sink.Full = true;
        loop.Refresh.Ask([]);
        await TurnUntil(() => loop.Sink.Refused > 0, TimeSpan.FromSeconds(2));

        loop.Sink.Full = false;
        await TurnUntil(() => loop.Sink.Waiting > 0, TimeSpan.FromSeconds(70), TimeSpan.FromMilliseconds(500));

        await loop.Sink.SaysAsync("one", Ct);
    }

    [Fact]
    public async Task A_full_sink_is_asked_ever_more_rarely()
    {
        await using var loop = await StartedAsync(One());
        loop.Sink.Full = true;
        loop.Refresh.Ask([]);

        await TurnUntil(() => false, TimeSpan.FromMinutes(4), TimeSpan.FromSeconds(1));

        Assert.InRange(loop.Sink.Refused, 3, 14);
    }

    [Fact]
    public async Task Health_says_how_many_paths_wake_a_collector()
    {
        await using var loop = await StartedAsync(One());

        Assert.Equal(1u, loop.Health("OperatingSystem").Watches);
    }

    private FileCollector One(TimeSpan? every = null, string? watched = null) =>
        new(_files.Root, "etc/hostname", Kind.OperatingSystem) { Every = every ?? TimeSpan.FromHours(1), Watched = watched };

    // The first facts and the first heartbeat may come as one batch or as two.
    private async Task<RunningLoop> StartedAsync(params FileCollector[] collectors)
    {
        var loop = new RunningLoop(_files.Root, _time, collectors);
        for (var (facts, beats) = (0, 0); facts < collectors.Length || beats == 0;)
        {
            var batch = await loop.Sink.NextAsync(Ct);
            (facts, beats) = (facts + batch.Changed.Count, beats + batch.Samples.Count);
        }
        return loop;
    }

    private async Task TurnUntil(Func<bool> holds, TimeSpan atMost, TimeSpan? step = null)
    {
        var each = step ?? atMost / 100;
        for (var turned = TimeSpan.Zero; turned <= atMost && !holds(); turned += each)
        {
            _time.Advance(each);
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Ct);
        }
    }
}
