using Microsoft.Extensions.Logging.Abstractions;
using Sandbox.Server.Live;
using Sandbox.Server.Sequencing;
using Sandbox.Storage.Log;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Sequencing;

/// <summary>When the sequencer wakes and when it waits; the clock is the test's.</summary>
public sealed class SequencerTests
{
    private readonly LogBell _bell = new();

    [Fact]
    public async Task What_waits_at_the_start_is_published_at_once()
    {
        await using var log = await LogBench.CreateAsync();
        await log.AddAsync(2);

        await using var _ = await StartAsync(log);

        await SizeAsync(log, 2);
    }

    [Fact]
    public async Task The_bell_brings_a_checkpoint_after_the_rest()
    {
        await using var log = await LogBench.CreateAsync();
        await log.AddAsync(1);
        await using var _ = await StartAsync(log);
        await SizeAsync(log, 1);

        await log.AddAsync(1);
        _bell.Ring();

        await SizeAsync(log, 2, turn: Sequencer.Rest);
    }

    [Fact]
    public async Task What_a_command_wrote_is_found_without_a_bell_within_a_second()
    {
        await using var log = await LogBench.CreateAsync();
        await log.AddAsync(1);
        await using var _ = await StartAsync(log);
        await SizeAsync(log, 1);
        await log.AddAsync(1);

        log.Time.Advance(Sequencer.Rest);
        await Task.Yield();

        await SizeAsync(log, 2, turn: Sequencer.LookEvery);
    }

    [Fact]
    public async Task While_the_database_cannot_it_waits_longer_and_longer_and_then_goes_on()
    {
        await using var log = await LogBench.CreateAsync();
        await log.AddAsync(1);
        log.Store.BreakBefore = nameof(ILogStore.HeadAsync);

        await using var _ = await StartAsync(log);
        await Eventually.TrueAsync(() => Task.FromResult(log.Store.BreakBefore is null));

        await SizeAsync(log, 1, turn: TimeSpan.FromSeconds(1));
    }

    private async Task<IAsyncDisposable> StartAsync(LogBench log)
    {
        var sequencer = new Sequencer(log.Round, _bell, log.Time, NullLogger<Sequencer>.Instance);
        await sequencer.StartAsync(TestContext.Current.CancellationToken);
        return new Running(sequencer);
    }

    // The sequencer may set its timer after the clock was turned: turn it again until it wakes.
    private static Task SizeAsync(LogBench log, long size, TimeSpan turn = default) => Eventually.TrueAsync(() =>
    {
        if (turn > TimeSpan.Zero && log.Shown?.Size != size) log.Time.Advance(turn);
        return Task.FromResult(log.Shown?.Size == size);
    });

    private sealed class Running(Sequencer sequencer) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await sequencer.StopAsync(CancellationToken.None);
            sequencer.Dispose();
        }
    }
}
