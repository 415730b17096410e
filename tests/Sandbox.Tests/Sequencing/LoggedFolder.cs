using Google.Protobuf;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.Hosting;
using Sandbox.Server.Live;
using Sandbox.Server.Pki;
using Sandbox.Server.Sequencing;
using Sandbox.Storage;
using Sandbox.Storage.Log;
using Sandbox.Storage.Sqlite;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Sequencing;

/// <summary>A server's folder with a log in it, as commands find it when the server is stopped.</summary>
internal sealed class LoggedFolder : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private LoggedFolder(ServerFolder folder)
    {
        Folder = folder;
        _services = new ServiceCollection().AddSqliteStore(folder.Folders.Database).BuildServiceProvider();
    }

    public ServerFolder Folder { get; }

    public LogKeyFiles Files => new(Folder.Folders);

    public string Origin => ServerSettings.Load(Folder.Folders)!.LogOrigin;

    public ILogStore Store => _services.GetRequiredService<ILogStore>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A log of so many entries, the first of which speaks of the first admin; of none, and that one waits.</summary>
    public static async Task<LoggedFolder> OfAsync(int size)
    {
        var log = new LoggedFolder(await ServerFolder.ReadyAsync());
        if (size == 0) return log;
        await log.AddAsync(size - 1);
        await log.RunAsync();
        return log;
    }

    public SandboxDb Open() => _services.GetRequiredService<IDbContextFactory<SandboxDb>>().CreateDbContext();

    public async Task AddAsync(int count)
    {
        await using var db = Open();
        for (var i = 0; i < count; i++) db.LogEntries.Add(LoggedEntry.New(EntryKind.Policy, TimeProvider.System.GetUtcNow(), new LogBody { PolicyInForce = new() { Policy = "lab-default/1" } }));
        await db.SaveChangesAsync(Ct);
    }

    /// <summary>Entries of one person.</summary>
    public async Task AddOfAsync(Guid person, int count)
    {
        await using var db = Open();
        for (var i = 0; i < count; i++) db.LogEntries.Add(LoggedEntry.New(EntryKind.Lookup, TimeProvider.System.GetUtcNow(), new LogBody { LookedUp = new() { OfPerson = LogId.Of(person), What = "/evidence" } }, person: person));
        await db.SaveChangesAsync(Ct);
    }

    /// <summary>An entry which says that entries were erased.</summary>
    /// <param name="person">Whose. Null: nobody's.</param>
    /// <param name="ranges">Which.</param>
    public async Task AddErasureAsync(Guid? person, params (ulong First, ulong Last)[] ranges)
    {
        var said = new BodyErased { PersonId = person is { } id ? LogId.Of(id) : ByteString.Empty, Reason = "they asked for it", Programme = "Information Technology Generalist", YearsKept = 5 };
        said.Erased.AddRange(ranges.Select(range => new IndexRange { First = range.First, Last = range.Last }));
        await using var db = Open();
        db.LogEntries.Add(LoggedEntry.New(EntryKind.Erasure, TimeProvider.System.GetUtcNow(), new LogBody { BodyErased = said }, person: person));
        await db.SaveChangesAsync(Ct);
    }

    /// <summary>What a server that starts would do, with the keys that it would find.</summary>
    public async Task<SignedNote> RunAsync()
    {
        using var keys = Files.LoadOrCreate(Origin);
        var newest = new NewestCheckpoint();
        await new LogRound(Store, keys, newest, TimeProvider.System, NullLogger<LogRound>.Instance).RunAsync(Ct);
        return newest.Current is { } current ? SignedNote.Parse(current.Note) : new SignedNote("", []);
    }

    public async Task<List<KeyRolled>> KeyEntriesAsync()
    {
        await using var db = Open();
        var bodies = await db.LogEntries.Where(entry => entry.Kind == EntryKind.Key).OrderBy(entry => entry.Id).Select(entry => entry.Body!).ToListAsync(Ct);
        return [.. bodies.Select(body => LogBody.Parser.ParseFrom(body).KeyRolled)];
    }

    public async Task ChangeAsync(string sql)
    {
        await using var db = Open();
        await db.Database.ExecuteSqlRawAsync(sql, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Folder.Dispose();
    }
}
