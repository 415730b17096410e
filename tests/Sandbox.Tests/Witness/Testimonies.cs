using Microsoft.Extensions.Logging.Abstractions;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.Live;
using Sandbox.Server.Witness;
using Sandbox.Storage.Log;
using Sandbox.Tests.Sequencing;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Witness;

/// <summary>What devices show at hello, and what it does to the log.</summary>
public sealed class Testimonies
{
    private static readonly byte[] SomeRoot = MerkleHash.Leaf([1]);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_checkpoint_of_this_logs_past_changes_nothing_and_the_device_is_told_the_newest()
    {
        await using var log = await GrownAsync(3);
        var older = log.Newest.Current!.Note;
        await log.AddAsync(2);
        await log.RunAsync();

        var witness = await HearAsync(log, older);

        Assert.Null((await log.HeadAsync()).HaltedAt);
        Assert.Equal(log.Newest.Current!.Note, witness.Next());
    }

    [Fact]
    public async Task A_larger_checkpoint_with_the_logs_own_signature_halts_it_and_says_what_to_do()
    {
        await using var log = await GrownAsync(3);
        var larger = new Checkpoint(LogBench.Origin, 5, SomeRoot).Sign(log.Keys.Signing);

        var witness = await HearAsync(log, larger);

        var head = await log.HeadAsync();
        Assert.Equal(
            $"lab-7 ({witness.Device}) showed a checkpoint of 5 entries that this log's own key signed, but the log has only 3. The database is an older copy, or another one. "
            + "Stop the server and put the newer database back; if it is lost, type: sandbox-server log renew --yes", head.HaltReason);
        Assert.Equal(larger, head.HaltCheckpoint);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Another_root_at_a_size_that_this_log_had_halts_it(long size)
    {
        await using var log = await GrownAsync(3);

        await HearAsync(log, new Checkpoint(LogBench.Origin, size, SomeRoot).Sign(log.Keys.Signing));

        Assert.Contains($"this log's first {size} entries are others", (await log.HeadAsync()).HaltReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_halt_nothing_is_signed_and_the_last_checkpoint_stays()
    {
        await using var log = await GrownAsync(3);
        await HearAsync(log, new Checkpoint(LogBench.Origin, 5, SomeRoot).Sign(log.Keys.Signing));
        var last = log.Newest.Current;
        await log.AddAsync(4);

        await log.RunAsync();

        Assert.Same(last, log.Newest.Current);
    }

    [Fact]
    public async Task The_device_that_holds_the_proof_is_not_sent_what_would_take_its_place()
    {
        await using var log = await GrownAsync(3);

        var witness = await HearAsync(log, new Checkpoint(LogBench.Origin, 5, SomeRoot).Sign(log.Keys.Signing));

        Assert.Null(witness.Next());
    }

    [Fact]
    public async Task A_forged_checkpoint_is_ignored()
    {
        await using var log = await GrownAsync(3);
        using var forger = LogKey.FromSeed(LogBench.Origin, LogKey.NewSeed());

        var witness = await HearAsync(log, new Checkpoint(LogBench.Origin, 5, SomeRoot).Sign(forger));

        Assert.Null((await log.HeadAsync()).HaltedAt);
        Assert.NotNull(witness.Next());
    }

    [Fact]
    public async Task A_true_signature_under_another_text_is_ignored()
    {
        await using var log = await GrownAsync(3);
        var note = SignedNote.Parse(log.Newest.Current!.Note);

        await HearAsync(log, (note with { Text = new Checkpoint(LogBench.Origin, 5, SomeRoot).Text }).ToBytes());

        Assert.Null((await log.HeadAsync()).HaltedAt);
    }

    [Fact]
    public async Task A_checkpoint_of_another_log_is_ignored_though_the_same_seed_signed_it()
    {
        await using var log = await GrownAsync(3);
        using var other = LogKey.FromSeed("other.example/evidence", LogKey.NewSeed());

        await HearAsync(log, new Checkpoint("other.example/evidence", 5, SomeRoot).Sign([other, .. log.Keys.Signing]));

        Assert.Null((await log.HeadAsync()).HaltedAt);
    }

    [Fact]
    public async Task What_is_no_checkpoint_at_all_is_ignored()
    {
        await using var log = await GrownAsync(3);

        var witness = await HearAsync(log, [0xff, 0, 7]);

        Assert.Null((await log.HeadAsync()).HaltedAt);
        Assert.NotNull(witness.Next());
    }

    [Fact]
    public async Task A_key_that_signed_in_former_times_still_counts()
    {
        await using var log = await GrownAsync(3);
        using var former = LogKey.FromSeed(LogBench.Origin, LogKey.NewSeed());
        log.Keys = log.Keys with { Retired = [former.Verifier] };

        await HearAsync(log, new Checkpoint(LogBench.Origin, 5, SomeRoot).Sign(former));

        Assert.NotNull((await log.HeadAsync()).HaltedAt);
    }

    [Fact]
    public async Task A_crowd_that_shows_the_same_is_judged_once()
    {
        await using var log = await GrownAsync(3);
        var older = log.Newest.Current!.Note;
        await log.AddAsync(1);
        await log.RunAsync();
        var witnesses = new Witnesses(log.Newest);
        using var stand = Stand(log, witnesses);

        var crowd = Enumerable.Range(0, 30).Select(i => witnesses.Hear(DeviceId.New(), $"lab-{i}", older)).ToList();
        await stand.StartAsync(Ct);
        await Eventually.TrueAsync(() => Task.FromResult(crowd.All(witness => witness.MayBeTold)));
        await stand.StopAsync(Ct);

        Assert.Equal(1, stand.Judged);
    }

    [Fact]
    public async Task After_the_database_was_out_of_reach_what_was_found_before_is_asked_again()
    {
        await using var log = await GrownAsync(1);
        var (first, copy) = (log.Newest.Current!.Note, log.CopyDatabase());
        await log.AddAsync(2);
        await log.RunAsync();
        var older = log.Newest.Current!.Note;
        await log.AddAsync(2);
        await log.RunAsync();
        var witnesses = new Witnesses(log.Newest);
        using var stand = Stand(log, witnesses);
        await stand.StartAsync(Ct);
        var before = witnesses.Hear(DeviceId.New(), "lab-7", older);
        await Eventually.TrueAsync(() => Task.FromResult(before.MayBeTold));

        log.PutBack(copy);
        log.Store.BreakBefore = nameof(ILogStore.HeadAsync);
        witnesses.Hear(DeviceId.New(), "lab-8", first);
        witnesses.Hear(DeviceId.New(), "lab-7", older);

        await Eventually.TrueAsync(async () =>
        {
            log.Time.Advance(TimeSpan.FromSeconds(1));
            return log.Store.BreakBefore is null && (await log.HeadAsync()).HaltedAt is not null;
        });
        Assert.Contains("showed a checkpoint of 3 entries", (await log.HeadAsync()).HaltReason, StringComparison.Ordinal);
        await stand.StopAsync(Ct);
    }

    private static async Task<LogBench> GrownAsync(int size)
    {
        var log = await LogBench.CreateAsync();
        await log.AddAsync(size);
        await log.RunAsync();
        return log;
    }

    // Hears one device, and after it another that shows the newest but one: when that one is settled, so is the first.
    private static async Task<DeviceWitness> HearAsync(LogBench log, byte[] shown)
    {
        var witnesses = new Witnesses(log.Newest);
        using var stand = Stand(log, witnesses);
        var witness = witnesses.Hear(DeviceId.New(), "lab-7", shown);
        var after = witnesses.Hear(DeviceId.New(), "lab-8", "no checkpoint"u8.ToArray());
        await stand.StartAsync(Ct);
        await Eventually.TrueAsync(() => Task.FromResult(after.MayBeTold));
        await stand.StopAsync(Ct);
        return witness;
    }

    private static WitnessStand Stand(LogBench log, Witnesses witnesses) =>
        new(witnesses, log.Court, log.Halt, log.Time, NullLogger<WitnessStand>.Instance);
}
