using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.Cosigning;
using Sandbox.Server.Live;
using Sandbox.Server.Pki;
using Sandbox.Server.Sequencing;
using Sandbox.Storage.Log;
using Sandbox.Storage.Telemetry;
using Sandbox.Tests.Storage.Conformance;

namespace Sandbox.Tests.Sequencing;

/// <summary>
/// The server is killed before and after each step that it does in the database, one after the other, and another process goes on with what is there. A witness
/// that is told everything that was ever shown never sees a second history.
/// </summary>
public sealed class KilledEverywhere : IAsyncLifetime
{
    private const string Origin = "lab.example/evidence";
    private const int NewEntries = 100;

    private readonly LogKeys _keys = new([LogKey.FromSeed(Origin, LogKey.NewSeed())], []);
    private readonly FakeTimeProvider _time = new(StoreUnderTest.Start);
    private readonly WitnessKey _witness = WitnessKey.FromSeed("auditor.example/witness", LogKey.NewSeed());
    private readonly string _data = Directory.CreateTempSubdirectory("sandbox-witness-").FullName;
    private StoreUnderTest _database = null!;
    private BreakableLogStore _store = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _keys.Dispose();
        _witness.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task No_second_history_is_ever_shown(StoreKind kind)
    {
        _database = await StoreUnderTest.CreateAsync(kind);
        _store = new BreakableLogStore(_database.Services.GetRequiredService<ILogStore>());
        var logs = new WitnessedLogs(new WitnessFolder(_data));
        logs.Watch(_keys.Verifier);
        using var desk = new CheckpointDesk(logs, _witness, _time, NullLogger<CheckpointDesk>.Instance);
        var (kills, entries) = (0, 0);

        foreach (var afterCommit in new[] { false, true })
        {
            for (var (step, wasKilled) = (0, true); wasKilled; step++)
            {
                await AddAsync();
                entries += NewEntries;
                wasKilled = await RunAsync(desk, killedAt: step, afterCommit);
                if (wasKilled) kills++;
                await RunAsync(desk, killedAt: null, afterCommit);
            }
        }

        // Head, entries, tiles, the step of the tree, and the checkpoint; before and after.
        Assert.InRange(kills, 10, 40);
        var log = logs.Find(Origin)!;
        Assert.Empty(log.Against);
        var last = Checkpoint.Parse(log.Cosigned!.Text);
        Assert.Equal((entries, Convert.ToHexString(await RootOfLeavesAsync(entries))), (last.Size, Convert.ToHexString(last.Root)));
    }

    // One process: it shows what it may and tells the witness of it. True: it was killed.
    private async Task<bool> RunAsync(CheckpointDesk desk, int? killedAt, bool afterCommit)
    {
        var newest = new NewestCheckpoint();
        var round = new LogRound(_store, _keys, newest, _time, NullLogger<LogRound>.Instance);
        (_store.CallsLeft, _store.FailsAfterCommit) = (killedAt, afterCommit);
        var wasKilled = await Record.ExceptionAsync(() => round.RunAsync(Ct)) is StoreUnavailableException;
        _store.CallsLeft = null;
        if (newest.Current is { } shown) await TellAsync(desk, shown);
        return wasKilled;
    }

    private async Task TellAsync(CheckpointDesk desk, PublishedCheckpoint shown)
    {
        var known = new WitnessedLogs(new WitnessFolder(_data)).Find(Origin)!.Cosigned is { } cosigned ? Checkpoint.Parse(cosigned.Text).Size : 0;
        var proof = await new TreeReader(shown.Size, _store.TileAsync).ConsistencyAsync(known, Ct);
        var reply = await desk.AddAsync(new AddCheckpoint(known, proof, shown.Note).ToBytes(), Ct);
        Assert.True(reply.Status == 200, reply.Body);
    }

    private async Task AddAsync()
    {
        await using var db = _database.Open();
        for (var i = 0; i < NewEntries; i++) db.LogEntries.Add(LoggedEntry.New(EntryKind.Policy, _time.GetUtcNow(), new LogBody { PolicyInForce = new() { Policy = "lab-default/1" } }));
        await db.SaveChangesAsync(Ct);
    }

    private async Task<byte[]> RootOfLeavesAsync(int size) =>
        (await TreeGrowth.AppendAsync(0, MerkleHash.EmptyRoot, (_, _, _) => Task.FromResult<byte[]?>(null), await _store.LeavesAsync(0, size, Ct), Ct)).Root;
}
