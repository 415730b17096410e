using Microsoft.Extensions.Logging.Abstractions;
using Sandbox.Ledger;
using Sandbox.Server.Live;
using Sandbox.Server.Sequencing;

namespace Sandbox.Tests.Sequencing;

/// <summary>The database goes back under a running server: a standby took over that lacks the last commits, or a point in time was restored.</summary>
public sealed class DatabasesPutBack
{
    private string _copy = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_log_smaller_than_what_was_shown_is_halted_and_signs_nothing()
    {
        await using var log = await ShownFiveAsync();

        log.PutBack(_copy);
        await log.AddAsync(4);
        await log.RunAsync();
        await log.RunAsync();

        var head = await log.HeadAsync();
        Assert.Equal((3L, 5L), (head.Size, log.Shown!.Size));
        Assert.StartsWith("This server showed a checkpoint of 5 entries, but the log has only 3 now. The database is an older copy", head.HaltReason, StringComparison.Ordinal);
        Assert.Equal(log.Newest.Current!.Note, head.HaltCheckpoint);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public async Task Other_entries_at_the_size_that_was_shown_halt_the_log_though_another_server_has_let_it_grow_again(int more)
    {
        await using var log = await ShownFiveAsync();
        log.PutBack(_copy);
        await log.AddAsync(more);
        await AnotherServerAsync(log);

        await log.RunAsync();

        Assert.Equal(5, log.Shown!.Size);
        Assert.Contains("but the log's first 5 entries are others now", (await log.HeadAsync()).HaltReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gone_back_in_the_midst_of_a_round_nothing_is_signed()
    {
        await using var log = await ShownFiveAsync();
        await log.AddAsync(1);
        log.Store.BeforeIntegrate = () => log.PutBack(_copy);

        await log.RunAsync();

        var head = await log.HeadAsync();
        Assert.Equal((3L, 3L, 5L), (head.Size, head.CheckpointSize, log.Shown!.Size));
    }

    [Fact]
    public async Task What_grew_by_another_servers_hand_is_followed()
    {
        await using var log = await ShownFiveAsync();
        await log.AddAsync(2);
        await AnotherServerAsync(log);

        await log.RunAsync();

        Assert.Equal(7, log.Shown!.Size);
        Assert.Null((await log.HeadAsync()).HaltedAt);
    }

    [Fact]
    public async Task The_file_beside_the_database_never_gives_way_to_a_smaller_one()
    {
        await using var log = await ShownFiveAsync();
        var larger = log.Newest.Current!;
        log.Memory.Keep(larger);

        log.Memory.Keep(new PublishedCheckpoint(3, new Checkpoint(LogBench.Origin, 3, MerkleHash.Leaf([1])).Sign(log.Keys.Signing)));

        Assert.Equal(larger.Note, await File.ReadAllBytesAsync(log.Folders.ShownCheckpoint, Ct));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task After_a_restart_the_file_that_proves_it_stays(int more)
    {
        await using var log = await ShownFiveAsync();
        var proof = log.Newest.Current!.Note;
        log.Memory.Keep(log.Newest.Current);
        log.PutBack(_copy);
        await log.AddAsync(more);
        log.Restart();
        await log.RunAsync();
        var memory = log.NewMemory();

        await memory.CompareAsync(Ct);
        memory.Keep(log.Round.Shown);

        Assert.Equal(proof, await File.ReadAllBytesAsync(log.Folders.ShownCheckpoint, Ct));
    }

    [Fact]
    public async Task After_the_log_got_another_name_the_file_is_replaced()
    {
        await using var log = await ShownFiveAsync();
        using var former = LogKey.FromSeed("lab.example/former", LogKey.NewSeed());
        await File.WriteAllBytesAsync(log.Folders.ShownCheckpoint, new Checkpoint("lab.example/former", 50, MerkleHash.Leaf([1])).Sign(former), Ct);

        await log.Memory.CompareAsync(Ct);
        log.Memory.Keep(log.Round.Shown);

        Assert.Equal(log.Newest.Current!.Note, await File.ReadAllBytesAsync(log.Folders.ShownCheckpoint, Ct));
    }

    [Fact]
    public async Task A_file_that_may_not_be_written_does_not_end_the_server()
    {
        await using var log = await ShownFiveAsync();
        Directory.CreateDirectory(log.Folders.ShownCheckpoint + ".new");

        log.Memory.Keep(log.Round.Shown);

        Assert.False(File.Exists(log.Folders.ShownCheckpoint));
    }

    private static Task AnotherServerAsync(LogBench log) =>
        new LogRound(log.Store, log.Keys, new NewestCheckpoint(), log.Time, NullLogger<LogRound>.Instance).RunAsync(Ct);

    // A log of five that were shown; the copy is from when it had three.
    private async Task<LogBench> ShownFiveAsync()
    {
        var log = await LogBench.CreateAsync();
        await log.AddAsync(3);
        await log.RunAsync();
        _copy = log.CopyDatabase();
        await log.AddAsync(2);
        await log.RunAsync();
        return log;
    }
}
