using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.Live;
using Sandbox.Server.Witness;
using Sandbox.Tests.Sequencing;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Witness;

/// <summary>Altered hashes in the database are damage; they say nothing against what was signed, and no halt can be taken back.</summary>
public sealed class DamagedTiles
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // Of a tree of 300 the present root is read from what lies above tile 0; only an older root looks into it.
    [Theory]
    [InlineData(3, 2, 1)]
    [InlineData(3, 3, 1)]
    [InlineData(3, 3, 2)]
    [InlineData(300, 200, 100)]
    [InlineData(300, 300, 299)]
    public async Task What_a_device_shows_is_not_blamed_for_them(int size, int shown, int altered)
    {
        await using var log = await LogBench.CreateAsync();
        await log.AddAsync(shown);
        await log.RunAsync();
        var note = log.Newest.Current!.Note;
        await log.AddAsync(size - shown);
        await log.RunAsync();
        await AlterAsync(log, altered);

        await HearAsync(log, note);

        Assert.Null((await log.HeadAsync()).HaltedAt);
        await Assert.ThrowsAsync<InvalidDataException>(() => log.Court.JudgeAsync(note, Ct));
    }

    [Fact]
    public async Task What_the_server_itself_kept_is_not_blamed_for_them()
    {
        await using var log = await LogBench.CreateAsync();
        await log.AddAsync(3);
        await log.RunAsync();
        log.Memory.Keep(log.Round.Shown);
        await AlterAsync(log, 1);

        await Assert.ThrowsAsync<InvalidDataException>(() => log.NewMemory().CompareAsync(Ct));

        Assert.Null((await log.HeadAsync()).HaltedAt);
    }

    [Fact]
    public async Task A_server_that_goes_on_does_not_take_them_for_another_past()
    {
        await using var log = await LogBench.CreateAsync();
        await log.AddAsync(3);
        await log.RunAsync();
        log.Restart();
        await AlterAsync(log, 1);

        await Assert.ThrowsAsync<InvalidDataException>(log.RunAsync);

        Assert.Null((await log.HeadAsync()).HaltedAt);
    }

    [Fact]
    public async Task Whole_tiles_of_another_past_still_halt_the_log()
    {
        await using var log = await LogBench.CreateAsync();
        await log.AddAsync(300);
        await log.RunAsync();

        await HearAsync(log, new Checkpoint(LogBench.Origin, 200, MerkleHash.Leaf([1])).Sign(log.Keys.Signing));

        Assert.Contains("this log's first 200 entries are others", (await log.HeadAsync()).HaltReason, StringComparison.Ordinal);
    }

    private static async Task AlterAsync(LogBench log, int leaf)
    {
        await using var db = log.Files.Open();
        var tile = await db.LogTiles.SingleAsync(x => x.Level == 0 && x.Index == leaf / Tile.Width, Ct);
        var hashes = tile.Hashes.ToArray();
        hashes[leaf % Tile.Width * MerkleHash.Length] ^= 1;
        tile.Hashes = hashes;
        await db.SaveChangesAsync(Ct);
    }

    // Hears one device, and another after it: when that one is settled, so is the first.
    private static async Task HearAsync(LogBench log, byte[] shown)
    {
        log.Restart();
        var witnesses = new Witnesses(log.Newest);
        using var stand = new WitnessStand(witnesses, log.Court, log.Halt, log.Time, NullLogger<WitnessStand>.Instance);
        witnesses.Hear(DeviceId.New(), "lab-7", shown);
        var after = witnesses.Hear(DeviceId.New(), "lab-8", "no checkpoint"u8.ToArray());
        await stand.StartAsync(Ct);
        await Eventually.TrueAsync(() => Task.FromResult(after.MayBeTold));
        await stand.StopAsync(Ct);
    }
}
