using Sandbox.Server;
using Sandbox.Server.Export;
using Sandbox.Server.Export.Formats;
using Sandbox.Server.Export.Formats.Badges;
using Sandbox.Server.Hosting;
using Sandbox.Server.Live;
using Sandbox.Storage.Log;
using Sandbox.Tests.Sequencing;

namespace Sandbox.Tests.Export.Formats;

/// <summary>One document for another system while somebody's record is erased. No server runs, so nothing gets a place meanwhile.</summary>
public sealed class FormatsBesideAnErasure
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_erased_while_it_is_read_is_not_exported()
    {
        await using var log = await LoggedFolder.OfAsync(3);

        var fault = await Assert.ThrowsAsync<SetupException>(() => MakeAsync(log, new StoreBesideAnErasure(log)));

        Assert.Contains("was erased while this was being exported", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_waits_for_its_place_hinders_nothing()
    {
        await using var log = await LoggedFolder.OfAsync(3);
        await log.AddErasureAsync(Guid.NewGuid(), (1, 1));

        Assert.NotEmpty(await MakeAsync(log, log.Store));
    }

    private static async Task<byte[]> MakeAsync(LoggedFolder log, ILogStore store)
    {
        using var keys = log.Files.LoadOrCreate(log.Origin);
        await using var db = log.Open();
        var exchange = new Exchange(Site.Of(ServerSettings.Load(log.Folder.Folders)!), new IssuerKeyFile(log.Folder.Folders));
        return await new FormatExport(db, store, new ExportEntry(db, store, keys, new LogBell(), TimeProvider.System), exchange).MakeAsync(ExchangeFormat.Oscal, new ExportScope(), by: null, Ct);
    }

    // The real store, in which somebody is erased as soon as it was asked how large the log is.
    private sealed class StoreBesideAnErasure(LoggedFolder log) : ILogStore
    {
        public async Task<LogHead> HeadAsync(string origin, CancellationToken ct)
        {
            var head = await log.Store.HeadAsync(origin, ct);
            await log.AddErasureAsync(Guid.NewGuid(), (1, 1));
            return head;
        }

        public Task<IReadOnlyList<PendingLeaf>> PendingAsync(int most, CancellationToken ct) => log.Store.PendingAsync(most, ct);

        public Task<bool> IntegrateAsync(LogGrowth growth, CancellationToken ct) => log.Store.IntegrateAsync(growth, ct);

        public Task<bool> PublishAsync(long size, byte[] checkpoint, DateTimeOffset now, CancellationToken ct) => log.Store.PublishAsync(size, checkpoint, now, ct);

        public Task HaltAsync(string reason, byte[] checkpoint, DateTimeOffset now, CancellationToken ct) => log.Store.HaltAsync(reason, checkpoint, now, ct);

        public Task<byte[]?> TileAsync(int level, long index, CancellationToken ct) => log.Store.TileAsync(level, index, ct);

        public Task<IReadOnlyList<byte[]>> LeavesAsync(long first, int count, CancellationToken ct) => log.Store.LeavesAsync(first, count, ct);
    }
}
