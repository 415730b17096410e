using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sandbox.EndToEnd.Harness;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server;
using Sandbox.Server.Hosting;
using Sandbox.Server.Live;
using Sandbox.Server.Pki;
using Sandbox.Server.Sequencing;
using Sandbox.Server.Witness;
using Sandbox.Storage;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Log;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Benchmarks.Log;

/// <summary>The way of an entry without all that stands before it: the ingest writer's store, the log's store, and the sequencer as the server runs it.</summary>
internal sealed class LogLab : IAsyncDisposable
{
    private const string Origin = "bench.example/evidence";

    // Verdicts that changed are the most of a log; of each ten entries one is a piece of evidence, with a person and an id of its own.
    private const int EvidenceEach = 10;

    private readonly TemporaryFolder _folder;
    private readonly ServiceProvider _services;
    private readonly StreamWrites _stream;
    private readonly IHostedService _sequencer;

    private LogLab(ServiceProvider services, TemporaryFolder folder, StreamWrites stream)
    {
        (_services, _folder, _stream) = (services, folder, stream);
        _sequencer = services.GetRequiredService<IHostedService>();
    }

    /// <summary>Entries that were committed.</summary>
    public long Appended { get; private set; }

    /// <summary>Entries that stand under a published checkpoint.</summary>
    public long Covered => _services.GetRequiredService<NewestCheckpoint>().Current?.Size ?? 0;

    public ILogStore Store => _services.GetRequiredService<ILogStore>();

    /// <summary>A log on a new store.</summary>
    /// <param name="store">As <c>--store</c> names it.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<LogLab> OnAsync(string store, CancellationToken ct)
    {
        var folder = new TemporaryFolder();
        var folders = new ServerFolders(folder.Path);
        Directory.CreateDirectory(folders.Root);
        var services = new ServiceCollection()
            .AddStore(folders, new ServerSettings { Host = "bench.example", LogOrigin = Origin, Store = store })
            .AddSingleton(folders).AddSingleton(TimeProvider.System).AddSingleton(new LogKeys([LogKey.FromSeed(Origin, LogKey.NewSeed())], []))
            .AddSingleton<NewestCheckpoint>().AddSingleton<LogBell>().AddSingleton<TestimonyCourt>().AddLogging().AddSequencing()
            .BuildServiceProvider();
        await ChosenStore.MigrateAsync(services, ct);
        return new LogLab(services, folder, await StreamAsync(services, ct));
    }

    /// <summary>Starts the sequencer.</summary>
    public Task StartAsync(CancellationToken ct) => _sequencer.StartAsync(ct);

    /// <summary>Commits entries in one transaction of the ingest writer's, and returns when they are on the disk.</summary>
    public void Append(int count)
    {
        var now = TimeProvider.System.GetUtcNow();
        _stream.Entries.Clear();
        for (var i = 0; i < count; i++) _stream.Entries.Add(Entry(isOfPerson: i % EvidenceEach == 0, now));
        if (_services.GetRequiredService<IIngestStore>().Commit(new IngestBatch([_stream], [], now)).Writes is not [Reason.Unspecified])
            throw new InvalidOperationException("The store took nothing.");
        Appended += count;
        _services.GetRequiredService<LogBell>().Ring();
    }

    /// <summary>Waits until all that was committed stands under a published checkpoint.</summary>
    public async Task CoverAsync(CancellationToken ct)
    {
        while (Covered < Appended) await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _sequencer.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    private LoggedEntry Entry(bool isOfPerson, DateTimeOffset now)
    {
        var body = new LogBody { PolicyInForce = new() { Policy = "lab-default/1" } };
        return isOfPerson
            ? LoggedEntry.New(EntryKind.Evidence, now, body, _stream.Device, Guid.NewGuid(), Guid.NewGuid())
            : LoggedEntry.New(EntryKind.Transition, now, body, _stream.Device);
    }

    private static async Task<StreamWrites> StreamAsync(ServiceProvider services, CancellationToken ct)
    {
        var now = TimeProvider.System.GetUtcNow();
        var device = new Device
        {
            Id = DeviceId.New(), Name = "bench", OwnerId = Guid.NewGuid(), EnrolledAt = now, StateChangedAt = now,
            PublicKey = RandomNumberGenerator.GetBytes(91), PublicKeyHash = RandomNumberGenerator.GetBytes(32), CurrentSerial = RandomNumberGenerator.GetBytes(16), CertificateExpiresAt = now.AddDays(14),
        };
        await using (var db = await services.GetRequiredService<IDbContextFactory<SandboxDb>>().CreateDbContextAsync(ct))
        {
            db.Devices.Add(device);
            await db.SaveChangesAsync(ct);
        }
        var epoch = RandomNumberGenerator.GetBytes(16);
        var opened = services.GetRequiredService<IIngestStore>().Commit(new IngestBatch([], [new SessionOpening(device.Id, device.CurrentSerial, epoch, "0", null)], now));
        return new StreamWrites { Device = device.Id, Session = opened.Openings.Single().Session, Serial = device.CurrentSerial, Epoch = epoch };
    }
}
