using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.Dashboard.TheLog;
using Sandbox.Server.Devices;
using Sandbox.Server.Live;
using Sandbox.Storage;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Log;
using Sandbox.Tests.Storage;

namespace Sandbox.Tests.Devices;

/// <summary>More is turned away than can be noted one by one.</summary>
public sealed class RefusalFloods : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private TemporaryStore _store = null!;
    private RefusalBook _book = null!;
    private int _strangers;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = await TemporaryStore.CreateAsync();
        _book = new RefusalBook(_store.Services.GetRequiredService<IDbContextFactory<SandboxDb>>(), new LiveFeed(), NullLogger<RefusalBook>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _book.StopAsync(CancellationToken.None);
        _book.Dispose();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task What_came_while_too_many_waited_is_counted_in_an_entry()
    {
        TurnAway(RefusalBook.MostWaiting + 44, Start);

        await _book.StartAsync(Ct);

        await RowsAsync(RefusalBook.MostWaiting);
        Assert.Equal([44UL], await LeftOutAsync());
    }

    [Fact]
    public async Task What_came_after_the_hours_entries_is_counted_in_the_next_hours_first()
    {
        await _book.StartAsync(Ct);
        for (var rows = 100; rows <= RefusalBook.MostEntries + 100; rows += 100)
        {
            TurnAway(100, Start);
            await RowsAsync(rows);
        }
        Assert.Empty(await LeftOutAsync());

        TurnAway(1, Start + RefusalBook.OneStory + TimeSpan.FromSeconds(1));
        await RowsAsync(RefusalBook.MostEntries + 101);

        Assert.Equal([100UL], await LeftOutAsync());
        Assert.Equal(RefusalBook.MostEntries + 2, (await EntriesAsync()).Count);
    }

    [Fact]
    public async Task What_the_database_did_not_take_is_counted_when_it_does_again()
    {
        await using (var db = _store.Open()) await db.Database.ExecuteSqlRawAsync("alter table Refusals rename to Away", Ct);
        await _book.StartAsync(Ct);
        TurnAway(7, Start);
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, Ct);
        await using (var db = _store.Open()) await db.Database.ExecuteSqlRawAsync("alter table Away rename to Refusals", Ct);

        TurnAway(1, Start);

        await RowsAsync(1);
        Assert.Equal(7, (await LeftOutAsync()).Sum(count => (long)count));
    }

    [Fact]
    public async Task The_entry_can_be_read_by_people()
    {
        TurnAway(RefusalBook.MostWaiting + 1, Start);
        await _book.StartAsync(Ct);
        await RowsAsync(RefusalBook.MostWaiting);

        var entry = (await EntriesAsync()).Single(x => LogBody.Parser.ParseFrom(x.Body).RefusalsLeftOut is not null);

        Assert.Equal("1 more was turned away that has no entry of its own: too many came at once, or the database was away", EntryWords.Of(entry));
    }

    private void TurnAway(int count, DateTimeOffset at)
    {
        for (var i = 0; i < count; i++) _book.Note(new Refusal { At = at, Reason = Reason.CodeUnknown, Peer = $"stranger {_strangers++}", Detail = "no such code" });
    }

    private Task RowsAsync(int count) => ServerHost.Eventually.TrueAsync(async () =>
    {
        await using var db = _store.Open();
        return await db.Refusals.CountAsync(Ct) == count;
    });

    private async Task<List<LoggedEntry>> EntriesAsync()
    {
        await using var db = _store.Open();
        return await db.LogEntries.Where(x => x.Kind == EntryKind.Refusal).OrderBy(x => x.Id).ToListAsync(Ct);
    }

    private async Task<List<ulong>> LeftOutAsync() =>
        [.. (await EntriesAsync()).Select(x => LogBody.Parser.ParseFrom(x.Body).RefusalsLeftOut).OfType<RefusalsLeftOut>().Select(x => x.Count)];
}
