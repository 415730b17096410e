using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Storage.Sqlite;

namespace Sandbox.Tests.Ingest;

/// <summary>When the database cannot, nothing is half-done and nothing is acknowledged.</summary>
public sealed class StoreFaults
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_a_full_disk_nothing_of_the_batch_is_stored_and_every_stream_is_told()
    {
        await using var server = await RunningIngest.StartAsync();
        var (one, other) = (await server.EnrolAsync(), await server.EnrolAsync());
        var (oneTalk, otherTalk) = (await server.OpenAsync(one), await server.OpenAsync(other));
        FillDisk(server);

        await oneTalk.SendAsync(one.Say(ReportingDevice.Health(new string('x', 1_000_000))));
        var why = await oneTalk.ClosedAsync();

        Assert.Equal(Reason.StoreUnavailable, why);
        Assert.Empty(await server.SequencesAsync(one));
        Assert.Equal(0, await server.QueryAsync(db => db.Facts.CountAsync(Ct)));
        Assert.False(otherTalk.Stream.Open.Closed.IsCancellationRequested);
    }

    [Fact]
    public async Task After_a_full_disk_the_writer_goes_on_and_the_same_reports_are_taken()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        var report = device.Say(ReportingDevice.Policy(8), ReportingDevice.Health(new string('x', 1_000_000)));
        FillDisk(server);
        await talk.SendAsync(report);
        await talk.ClosedAsync();

        var next = await server.OpenAsync(device);
        await next.SettleAsync(report, device.Say());

        Assert.Equal([1L, 2], await server.SequencesAsync(device));
        Assert.Empty(await server.QueryAsync(db => db.Gaps.ToListAsync(Ct)));
        Assert.Equal(await server.QueryAsync(db => db.Findings.CountAsync(Ct)), await server.QueryAsync(db => db.Transitions.CountAsync(Ct)));
    }

    [Fact]
    public async Task What_follows_on_reports_that_were_not_stored_is_not_stored_either()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        FillDisk(server);
        await talk.SendAsync(device.Say(ReportingDevice.Health(new string('x', 1_000_000))));
        await talk.ClosedAsync();

        await talk.SendAsync(device.Say());
        var other = await server.EnrolAsync();
        await (await server.OpenAsync(other)).SettleAsync(other.Say());

        Assert.Empty(await server.SequencesAsync(device));
    }

    [Fact]
    public async Task A_hello_that_cannot_be_stored_is_refused_and_the_next_one_is_taken()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        await server.QueryAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE Epochs RENAME TO Elsewhere", Ct));

        var (session, stream) = await server.Ingest.OpenAsync(device.Caller, device.Hello());
        await server.QueryAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE Elsewhere RENAME TO Epochs", Ct));
        var talk = await server.OpenAsync(device);

        Assert.Equal((Reason.StoreUnavailable, true), (session.Refused, stream is null));
        Assert.Equal(1, talk.Session.Session);
    }

    [Fact]
    public async Task A_hello_that_finds_too_many_before_it_is_refused_at_once()
    {
        await using var server = await RunningIngest.StartAsync(paused: true);
        var device = await server.EnrolAsync();
        for (var i = 0; i < Server.Ingest.IngestQueue.MostWork; i++) _ = server.Ingest.OpenAsync(device.Caller, device.Hello());

        var (session, stream) = await server.Ingest.OpenAsync(device.Caller, device.Hello());

        Assert.Equal((Reason.StoreUnavailable, true), (session.Refused, stream is null));
    }

    [Fact]
    public async Task A_killed_server_has_all_that_was_acknowledged_and_all_of_a_batch_or_nothing()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        await talk.SettleAsync(device.Say(ReportingDevice.Policy(8)), device.Say());
        await talk.SendAsync(device.Say(ReportingDevice.Policy(14)), device.Say());

        await using var copy = Storage.TemporaryStore.WithoutDatabase();
        foreach (var file in Directory.GetFiles(server.Store.Folder, "sandbox.db*").OrderByDescending(x => x.EndsWith("-wal", StringComparison.Ordinal)))
            if (!file.EndsWith("-shm", StringComparison.Ordinal)) File.Copy(file, Path.Combine(copy.Folder, Path.GetFileName(file)));
        await SqliteStore.MigrateAsync(copy.Services, Ct);

        await using var db = copy.Open();
        var stored = await db.Reports.OrderBy(x => x.Id).Select(x => x.Sequence).ToListAsync(Ct);
        Assert.Contains(stored.Count, new[] { 2, 4 });
        Assert.Equal(stored.Count, await db.Epochs.Select(x => x.LastSequence).SingleAsync(Ct));
    }

    private static void FillDisk(RunningIngest server)
    {
        using var db = new SqliteConnection($"Data Source={server.Store.DatabasePath}");
        db.Open();
        using var command = db.CreateCommand();
        command.CommandText = "PRAGMA page_count";
        server.IngestStore.Execute($"PRAGMA max_page_count = {(long)command.ExecuteScalar()! + 1}");
    }
}
