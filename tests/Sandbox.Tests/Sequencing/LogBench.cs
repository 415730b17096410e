using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server;
using Sandbox.Server.Live;
using Sandbox.Server.Pki;
using Sandbox.Server.Sequencing;
using Sandbox.Server.Witness;
using Sandbox.Storage.Log;
using Sandbox.Tests.Storage;

namespace Sandbox.Tests.Sequencing;

/// <summary>A log on a real database, whose rounds a test calls.</summary>
internal sealed class LogBench : IAsyncDisposable
{
    public const string Origin = "lab.example/evidence";

    private LogBench(TemporaryStore store)
    {
        Files = store;
        Store = new BreakableLogStore(store.Services.GetRequiredService<ILogStore>());
        Round = NewRound();
        Directory.CreateDirectory(Folders.Root);
    }

    public TemporaryStore Files { get; }

    public BreakableLogStore Store { get; }

    public LogKeys Keys { get; set; } = new([LogKey.FromSeed(Origin, LogKey.NewSeed())], []);

    public NewestCheckpoint Newest { get; private set; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));

    public LogRound Round { get; private set; }

    /// <summary>Where the server keeps its files.</summary>
    public ServerFolders Folders { get; } = new(Directory.CreateTempSubdirectory("sandbox-log-").FullName);

    /// <summary>What judges the checkpoints that the log is shown.</summary>
    public TestimonyCourt Court => field ??= new(Store, Keys);

    /// <summary>What stops the signing.</summary>
    public Halt Halt => field ??= new(Store, new LogBell(), Time, NullLogger<Halt>.Instance);

    /// <summary>What the server kept of the log beside the database.</summary>
    public OwnMemory Memory => field ??= NewMemory();

    /// <summary>The checkpoint that is shown. Null: none.</summary>
    public Checkpoint? Shown => Newest.Current is { } current ? Checkpoint.Parse(SignedNote.Parse(current.Note).Text) : null;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<LogBench> CreateAsync() => new(await TemporaryStore.CreateAsync());

    public Task RunAsync() => Round.RunAsync(Ct);

    /// <summary>What a process that starts again knows: the database and the keys.</summary>
    public void Restart()
    {
        Newest = new NewestCheckpoint();
        Round = NewRound();
    }

    public async Task AddAsync(int count)
    {
        await using var db = Files.Open();
        for (var i = 0; i < count; i++) db.LogEntries.Add(LoggedEntry.New(EntryKind.Policy, Time.GetUtcNow(), new LogBody { PolicyInForce = new() { Policy = "lab-default/1" } }));
        await db.SaveChangesAsync(Ct);
    }

    /// <summary>What a process that starts again makes of the file beside the database.</summary>
    public OwnMemory NewMemory() => new(Store, Court, Folders, Time, NullLogger<OwnMemory>.Instance);

    /// <summary>A copy of the database as it is now.</summary>
    public string CopyDatabase()
    {
        var copy = Path.Combine(Files.Folder, $"copy-{Guid.NewGuid():N}.db");
        Pour(Files.DatabasePath, copy);
        return copy;
    }

    /// <summary>Puts a copy back under everything that has the database open.</summary>
    public void PutBack(string copy) => Pour(copy, Files.DatabasePath);

    public Task<LogHead> HeadAsync() => Store.HeadAsync(Origin, Ct);

    /// <summary>The root that the leaves give, computed anew from nothing else.</summary>
    public async Task<byte[]> RootOfLeavesAsync(long size)
    {
        var leaves = await Store.LeavesAsync(0, (int)size, Ct);
        return (await TreeGrowth.AppendAsync(0, MerkleHash.EmptyRoot, (_, _, _) => Task.FromResult<byte[]?>(null), leaves, Ct)).Root;
    }

    public async ValueTask DisposeAsync()
    {
        Keys.Dispose();
        Directory.Delete(Path.GetDirectoryName(Folders.Root)!, recursive: true);
        await Files.DisposeAsync();
    }

    private static void Pour(string from, string to)
    {
        using var source = new SqliteConnection($"Data Source={from}");
        using var target = new SqliteConnection($"Data Source={to}");
        source.Open();
        target.Open();
        source.BackupDatabase(target);
    }

    private LogRound NewRound() => new(Store, Keys, Newest, Time, NullLogger<LogRound>.Instance);
}
