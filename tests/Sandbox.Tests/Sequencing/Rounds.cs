using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;
using Sandbox.Server.Sequencing;
using Sandbox.Storage.Log;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Tests.Sequencing;

/// <summary>From a pending entry to a published checkpoint, and what a crash in between leaves.</summary>
public sealed class Rounds
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_empty_log_has_no_checkpoint()
    {
        await using var log = await LogBench.CreateAsync();

        await log.RunAsync();

        Assert.Null(log.Shown);
    }

    [Fact]
    public async Task What_was_pending_stands_under_a_signed_checkpoint()
    {
        await using var log = await LogBench.CreateAsync();
        await log.AddAsync(3);

        await log.RunAsync();

        Assert.Equal((LogBench.Origin, 3L), (log.Shown!.Origin, log.Shown.Size));
        Assert.Equal(await log.RootOfLeavesAsync(3), log.Shown.Root);
        Assert.True(SignedNote.Parse(log.Newest.Current!.Note).IsSignedBy(log.Keys.Verifier));
    }

    [Fact]
    public async Task Nothing_new_makes_no_new_checkpoint()
    {
        await using var log = await LogBench.CreateAsync();
        await log.AddAsync(3);
        await log.RunAsync();
        var first = log.Newest.Current;

        log.Time.Advance(TimeSpan.FromHours(1));
        await log.RunAsync();

        Assert.Same(first, log.Newest.Current);
        Assert.Single(log.Store.Calls, nameof(ILogStore.PublishAsync));
    }

    [Fact]
    public async Task A_backlog_larger_than_a_step_stands_under_one_checkpoint()
    {
        await using var log = await LogBench.CreateAsync();
        await log.AddAsync((2 * LogRound.MostEntries) + 1);

        await log.RunAsync();

        Assert.Equal((2 * LogRound.MostEntries) + 1, log.Shown!.Size);
        Assert.Equal(await log.RootOfLeavesAsync(log.Shown.Size), log.Shown.Root);
        Assert.Equal((3, 1), (log.Store.Calls.Count(call => call == nameof(ILogStore.IntegrateAsync)), log.Store.Calls.Count(call => call == nameof(ILogStore.PublishAsync))));
    }

    [Theory]
    [InlineData(nameof(ILogStore.IntegrateAsync), false)]
    [InlineData(nameof(ILogStore.IntegrateAsync), true)]
    [InlineData(nameof(ILogStore.PublishAsync), false)]
    [InlineData(nameof(ILogStore.PublishAsync), true)]
    public async Task Killed_at_any_step_the_next_start_publishes_every_entry_once(string step, bool afterCommit)
    {
        await using var log = await LogBench.CreateAsync();
        await log.AddAsync(300);
        await log.RunAsync();
        var older = log.Shown!;
        await log.AddAsync(300);
        if (afterCommit) log.Store.BreakAfter = step;
        else log.Store.BreakBefore = step;
        await Assert.ThrowsAsync<StoreUnavailableException>(log.RunAsync);
        Assert.Equal(older.Text, log.Shown!.Text);

        log.Restart();
        await log.RunAsync();

        Assert.Equal((600L, Convert.ToHexString(await log.RootOfLeavesAsync(600))), (log.Shown!.Size, Convert.ToHexString(log.Shown.Root)));
        var proof = await new TreeReader(600, log.Store.TileAsync).ConsistencyAsync(300, Ct);
        Assert.True(MerkleProof.IsConsistent(300, older.Root, 600, log.Shown.Root, proof));
    }

    [Fact]
    public async Task What_was_integrated_but_not_published_is_signed_at_the_next_start_though_nothing_is_new()
    {
        await using var log = await LogBench.CreateAsync();
        await log.AddAsync(3);
        log.Store.BreakBefore = nameof(ILogStore.PublishAsync);
        await Assert.ThrowsAsync<StoreUnavailableException>(log.RunAsync);

        log.Restart();
        await log.RunAsync();

        Assert.Equal(3, log.Shown!.Size);
    }

    [Fact]
    public async Task A_checkpoint_is_shown_again_after_a_restart_as_it_was()
    {
        await using var log = await LogBench.CreateAsync();
        await log.AddAsync(3);
        await log.RunAsync();
        var before = log.Newest.Current!.Note;

        log.Restart();
        await log.RunAsync();

        Assert.Equal(before, log.Newest.Current!.Note);
    }

    [Fact]
    public async Task A_halted_log_shows_its_last_checkpoint_and_signs_nothing()
    {
        await using var log = await LogBench.CreateAsync();
        await log.AddAsync(3);
        await log.RunAsync();
        await log.Store.HaltAsync("a larger one was seen", [1], log.Time.GetUtcNow(), Ct);
        await log.AddAsync(3);

        log.Restart();
        await log.RunAsync();

        Assert.Equal((3L, 3L), (log.Shown!.Size, (await log.HeadAsync()).Size));
    }

    [Fact]
    public async Task A_key_of_another_origin_signs_nothing()
    {
        await using var log = await LogBench.CreateAsync();
        await log.AddAsync(3);
        await log.RunAsync();
        log.Keys = new([LogKey.FromSeed("other.example/evidence", LogKey.NewSeed())], []);
        await log.AddAsync(3);

        log.Restart();
        await log.RunAsync();

        Assert.Equal((LogBench.Origin, 3L), (log.Shown!.Origin, log.Shown.Size));
    }

    [Fact]
    public async Task A_tile_altered_in_the_database_is_never_signed_over()
    {
        await using var log = await LogBench.CreateAsync();
        await log.AddAsync(3);
        await log.RunAsync();
        await using (var db = log.Files.Open())
            await db.LogTiles.ExecuteUpdateAsync(set => set.SetProperty(tile => tile.Hashes, new byte[96]), Ct);
        await log.AddAsync(1);

        await Assert.ThrowsAsync<InvalidDataException>(log.RunAsync);

        Assert.Equal((3L, 3L), (log.Shown!.Size, (await log.HeadAsync()).Size));
    }

    [Fact]
    public async Task Of_two_sequencers_at_once_each_entry_gets_one_place_and_both_show_the_same()
    {
        await using var log = await LogBench.CreateAsync();
        var (one, oneShown) = (log.Round, log.Newest);
        log.Restart();
        await log.AddAsync(1500);

        await Task.WhenAll(Task.Run(() => one.RunAsync(Ct), Ct), Task.Run(log.RunAsync, Ct));
        await one.RunAsync(Ct);
        await log.RunAsync();

        Assert.Equal(1500, log.Shown!.Size);
        Assert.Equal(await log.RootOfLeavesAsync(1500), log.Shown.Root);
        Assert.Equal(oneShown.Current!.Note, log.Newest.Current!.Note);
    }
}
