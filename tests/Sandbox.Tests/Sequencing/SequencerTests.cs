using Microsoft.Extensions.Logging.Abstractions;
using Sandbox.Ledger;
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

    [Fact]
    public async Task A_database_that_was_put_back_is_noticed_before_anything_is_signed()
    {
        await using var log = await LogBench.CreateAsync();
        var newer = new Checkpoint(LogBench.Origin, 5, MerkleHash.Leaf([1])).Sign(log.Keys.Signing);
        log.Memory.Keep(new PublishedCheckpoint(5, newer));
        await log.AddAsync(2);

        await using var _ = await StartAsync(log);

        await Eventually.TrueAsync(async () => (await log.HeadAsync()).HaltedAt is not null);
        Assert.Null(log.Shown);
        Assert.Contains("log.checkpoint holds a checkpoint of 5 entries", (await log.HeadAsync()).HaltReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_on_the_same_database_goes_on()
    {
        await using var log = await LogBench.CreateAsync();
        await log.AddAsync(2);
        await log.RunAsync();
        log.Memory.Keep(log.Round.Shown);
        log.Restart();
        await log.AddAsync(1);

        await using var _ = await StartAsync(log);

        await SizeAsync(log, 3);
    }

    [Fact]
    public async Task What_is_shown_is_kept_beside_the_database()
    {
        await using var log = await LogBench.CreateAsync();
        await log.AddAsync(2);

        await using var _ = await StartAsync(log);

        await Eventually.TrueAsync(() => Task.FromResult(File.Exists(log.Folders.ShownCheckpoint)));
        Assert.Equal(log.Newest.Current!.Note, await File.ReadAllBytesAsync(log.Folders.ShownCheckpoint, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task After_the_database_was_out_of_reach_it_is_compared_again_before_anything_is_signed()
    {
        await using var log = await LogBench.CreateAsync();
        await log.AddAsync(2);
        await using var _ = await StartAsync(log);
        await SizeAsync(log, 2);
        await Eventually.TrueAsync(() => Task.FromResult(File.Exists(log.Folders.ShownCheckpoint)));
        var newer = new Checkpoint(LogBench.Origin, 5, MerkleHash.Leaf([1])).Sign(log.Keys.Signing);
        await File.WriteAllBytesAsync(log.Folders.ShownCheckpoint, newer, TestContext.Current.CancellationToken);

        log.Store.BreakBefore = nameof(ILogStore.HeadAsync);
        await log.AddAsync(1);

        await Eventually.TrueAsync(async () =>
        {
            log.Time.Advance(TimeSpan.FromSeconds(1));
            return log.Store.BreakBefore is null && (await log.HeadAsync()).HaltedAt is not null;
        });
        Assert.Equal(2, log.Shown!.Size);
        Assert.Equal(newer, await File.ReadAllBytesAsync(log.Folders.ShownCheckpoint, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task While_what_was_shown_last_cannot_be_read_nothing_is_signed_and_then_it_goes_on()
    {
        await using var log = await LogBench.CreateAsync();
        await log.AddAsync(2);
        await using var held = new FileStream(log.Folders.ShownCheckpoint, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        await held.WriteAsync("no checkpoint"u8.ToArray(), TestContext.Current.CancellationToken);

        await using var running = await StartAsync(log);
        for (var i = 0; i < 5; i++) await TurnAsync(log);
        Assert.Null(log.Shown);
        await held.DisposeAsync();

        await SizeAsync(log, 2, turn: TimeSpan.FromSeconds(1));
    }

    private static async Task TurnAsync(LogBench log)
    {
        log.Time.Advance(TimeSpan.FromSeconds(1));
        await Task.Delay(20, TestContext.Current.CancellationToken);
    }

    private async Task<IAsyncDisposable> StartAsync(LogBench log)
    {
        var sequencer = new Sequencer(log.Round, log.Memory, _bell, log.Time, NullLogger<Sequencer>.Instance);
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
