using System.IO.Compression;
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
using Sandbox.Storage.Telemetry;
using Sandbox.Tests.ServerHost;
using Sandbox.Tests.Storage;
using Sandbox.Tests.Storage.Conformance;

namespace Sandbox.Tests.LabBackups;

/// <summary>A lab with people and a log, on one of the stores, of which backups are made.</summary>
internal sealed class SavedLab : IAsyncDisposable
{
    public const string Passphrase = "correct horse battery";

    private readonly TemporaryFolder _elsewhere = new();
    private readonly ServiceProvider _services;

    private SavedLab(ServerFolder folder, StoreKind kind)
    {
        (Folder, Kind, Settings) = (folder, kind, ServerSettings.Load(folder.Folders)!);
        _services = new ServiceCollection().AddStore(folder.Folders, Settings).BuildServiceProvider();
        File.WriteAllText(Secret, Passphrase + "\n");
    }

    public ServerFolder Folder { get; }

    public StoreKind Kind { get; }

    public ServerSettings Settings { get; }

    /// <summary>The file with the passphrase.</summary>
    public string Secret => _elsewhere["passphrase"];

    /// <summary>The usual backup.</summary>
    public string Backup => _elsewhere["lab.backup"];

    public string Elsewhere => _elsewhere.Path;

    public ILogStore Store => _services.GetRequiredService<ILogStore>();

    public IIngestStore Ingest => _services.GetRequiredService<IIngestStore>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>One with an apprentice and a published log of so many entries, three of which speak of people.</summary>
    public static async Task<SavedLab> OfAsync(StoreKind kind, int entries)
    {
        var folder = await ServerFolder.ReadyAsync();
        if (kind == StoreKind.Postgres) (ServerSettings.Load(folder.Folders)! with { Store = (await SharedPostgres.NewDatabaseAsync()).ToString() }).Save(folder.Folders);
        var lab = new SavedLab(folder, kind);
        await Commands.DoneAsync(folder, "people", "add", "elif", "--role", "apprentice");
        await using (var db = lab.Open()) await lab.AddAsync(Math.Max(0, entries - await db.LogEntries.CountAsync(Ct)));
        await lab.RunAsync();
        return lab;
    }

    /// <summary>The same lab out of a folder.</summary>
    public static SavedLab In(ServerFolder folder) =>
        new(folder, ServerSettings.Load(folder.Folders)!.Store == "sqlite" ? StoreKind.Sqlite : StoreKind.Postgres);

    public SandboxDb Open() => _services.GetRequiredService<IDbContextFactory<SandboxDb>>().CreateDbContext();

    public async Task AddAsync(int count)
    {
        await using var db = Open();
        for (var i = 0; i < count; i++) db.LogEntries.Add(LoggedEntry.New(EntryKind.Policy, TimeProvider.System.GetUtcNow(), new LogBody { PolicyInForce = new() { Policy = "lab-default/1" } }));
        await db.SaveChangesAsync(Ct);
    }

    /// <summary>What a server does that finds the log, with its keys: the checkpoint that it shows. Empty: none.</summary>
    public async Task<byte[]> RunAsync()
    {
        using var keys = Keys();
        var newest = new NewestCheckpoint();
        await new LogRound(Store, keys, newest, TimeProvider.System, NullLogger<LogRound>.Instance).RunAsync(Ct);
        return newest.Current?.Note ?? [];
    }

    public LogKeys Keys() => new LogKeyFiles(Folder.Folders).LoadOrCreate(ServerSettings.Load(Folder.Folders)!.LogOrigin);

    public async Task<long> SizeAsync() => (await Store.HeadAsync(Settings.LogOrigin, Ct)).Size;

    /// <summary>Makes a backup, which must work.</summary>
    public async Task<string> BackupAsync(string name = "lab.backup", params string[] more)
    {
        await Commands.DoneAsync(Folder, ["backup", _elsewhere[name], "--passphrase-file", Secret, .. more]);
        return _elsewhere[name];
    }

    /// <summary>A database of the same kind with nothing in it, as options of <c>restore</c>.</summary>
    public async Task<string[]> ElsewhereAsync() => Kind == StoreKind.Sqlite ? [] : ["--store", (await SharedPostgres.EmptyDatabaseAsync()).ToString()];

    /// <summary>Puts a backup into an empty folder, which must work.</summary>
    public async Task<SavedLab> RestoreAsync(string backup)
    {
        var folder = ServerFolder.Empty();
        await Commands.DoneAsync(folder, ["restore", backup, "--passphrase-file", Secret, .. await ElsewhereAsync()]);
        return In(folder);
    }

    /// <summary>Changes a part of a backup, or what it says of itself.</summary>
    public static void Change(string backup, string part, Func<byte[], byte[]> change)
    {
        using var zip = ZipFile.Open(backup, ZipArchiveMode.Update);
        using var content = new MemoryStream();
        var entry = zip.GetEntry(part)!;
        using (var from = entry.Open()) from.CopyTo(content);
        entry.Delete();
        using var into = zip.CreateEntry(part).Open();
        into.Write(change(content.ToArray()));
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Folder.Dispose();
        _elsewhere.Dispose();
    }
}
