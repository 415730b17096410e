using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.Live;
using Sandbox.Server.Sequencing;
using Sandbox.Server.Witness;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Sequencing;

/// <summary>A server that starts on a log which was published before, while nobody can say whether its folder is the newest.</summary>
public sealed class StartsAfterAPause
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_new_is_signed_before_the_agents_had_time_to_speak()
    {
        await using var log = await StoppedAsync(WitnessesFirst.Fresh);

        await log.RunAsync();
        log.Time.Advance(WitnessesFirst.Wait - TimeSpan.FromMilliseconds(1));
        await log.RunAsync();

        Assert.Equal((3L, 3L), (log.Shown!.Size, (await log.HeadAsync()).Size));
    }

    [Fact]
    public async Task In_a_lab_without_agents_it_goes_on_after_that_time()
    {
        await using var log = await StoppedAsync(WitnessesFirst.Fresh);

        await log.RunAsync();
        log.Time.Advance(WitnessesFirst.Wait);
        await log.RunAsync();
        await log.AddAsync(1);
        await log.RunAsync();

        Assert.Equal(6, log.Shown!.Size);
    }

    [Fact]
    public async Task A_restart_within_a_minute_of_the_newest_checkpoint_does_not_wait()
    {
        await using var log = await StoppedAsync(WitnessesFirst.Fresh - TimeSpan.FromMilliseconds(1));

        await log.RunAsync();

        Assert.Equal(5, log.Shown!.Size);
    }

    [Fact]
    public async Task A_clock_that_went_back_behind_the_newest_checkpoint_does_not_spare_the_wait()
    {
        await using var log = await StoppedAsync(TimeSpan.Zero);
        await log.Store.PublishAsync(3, log.Newest.Current!.Note, log.Time.GetUtcNow() + TimeSpan.FromSeconds(30), Ct);
        log.Restart();

        await log.RunAsync();

        Assert.Equal(3, log.Shown!.Size);
    }

    [Fact]
    public async Task The_first_start_of_all_does_not_wait()
    {
        await using var log = await LogBench.CreateAsync();
        await log.AddAsync(1);

        await log.RunAsync();

        Assert.Equal(1, log.Shown!.Size);
    }

    [Fact]
    public async Task What_a_folder_of_an_older_backup_would_sign_is_halted_by_an_agent_that_comes_in_time()
    {
        await using var log = await StoppedAsync(WitnessesFirst.Fresh);
        var newer = new Checkpoint(LogBench.Origin, 4, MerkleHash.Leaf([1])).Sign(log.Keys.Signing);
        await log.RunAsync();

        var witnesses = new Witnesses(log.Newest);
        using var stand = new WitnessStand(witnesses, log.Court, log.Halt, log.Time, Microsoft.Extensions.Logging.Abstractions.NullLogger<WitnessStand>.Instance);
        await stand.StartAsync(Ct);
        witnesses.Hear(DeviceId.New(), "lab-7", newer);
        await Eventually.TrueAsync(async () => (await log.HeadAsync()).HaltedAt is not null);
        log.Time.Advance(WitnessesFirst.Wait);
        await log.RunAsync();
        await stand.StopAsync(Ct);

        Assert.Equal((3L, 3L), (log.Shown!.Size, (await log.HeadAsync()).CheckpointSize));
    }

    // A log of three that were shown and two that wait, so long after the last checkpoint.
    private static async Task<LogBench> StoppedAsync(TimeSpan ago)
    {
        var log = await LogBench.CreateAsync();
        await log.AddAsync(3);
        await log.RunAsync();
        await log.AddAsync(2);
        log.Time.Advance(ago);
        if (ago > TimeSpan.Zero) log.Restart();
        return log;
    }
}
