using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.Assessment;
using Sandbox.Storage.Devices;
using Sandbox.Tests.Dashboard;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Assessment;

/// <summary>Once a day the evidence log says how each machine stands, and since when.</summary>
public sealed class DailySummaries : PagesTest
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task After_midnight_each_active_device_is_summed_up_once()
    {
        var device = await DeviceAsync("lab-b0007", Apprentice);
        await DeviceAsync("lab-gone", Apprentice, x => x.State = DeviceState.Retired);
        await FactsAsync(device, SampleFacts.Policy(minLength: 8));
        var today = DateOnly.FromDateTime(Server.Time.GetUtcNow().UtcDateTime);

        await PassAsync(today.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) - Server.Time.GetUtcNow().UtcDateTime);
        var said = await Eventually.NotNullAsync(async () =>
        {
            // What looks at the clock may have begun only by now; not so often that another day would end.
            Server.Time.Advance(Minute);
            return (await SummariesAsync()).FirstOrDefault(x => x.Day == $"{today:yyyy-MM-dd}");
        });

        Assert.Equal(device.Id, DeviceId.From(said.DeviceId.ToByteArray()));
        var length = Assert.Single(said.Standings, x => x.Rule == "password.min_length");
        Assert.Equal("fail", length.Verdict);
        Assert.NotNull(length.Since);
        Assert.Single(await SummariesAsync(), x => x.Day == $"{today:yyyy-MM-dd}");
    }

    [Fact]
    public async Task A_day_is_said_once_of_a_device_however_often_and_by_how_many_it_is_tried()
    {
        var (book, yesterday) = (Server.App.Services.GetRequiredService<DailyBook>(), DateOnly.FromDateTime(Server.Time.GetUtcNow().UtcDateTime).AddDays(-1));
        await DeviceAsync("lab-b0007", Apprentice);
        await DeviceAsync("lab-b0008", Apprentice);

        var said = await Task.WhenAll(book.SayAsync(yesterday, Ct), book.SayAsync(yesterday, Ct));

        Assert.Equal(2, said.Sum());
        Assert.Equal(0, await book.SayAsync(yesterday, Ct));
        Assert.Equal(2, (await SummariesAsync()).Count);
    }

    [Fact]
    public async Task Nothing_is_said_of_a_day_on_which_the_device_was_not_enrolled()
    {
        var book = Server.App.Services.GetRequiredService<DailyBook>();
        await DeviceAsync("lab-new", Apprentice, x => x.EnrolledAt = Server.Time.GetUtcNow());

        Assert.Equal(0, await book.SayAsync(DateOnly.FromDateTime(Server.Time.GetUtcNow().UtcDateTime).AddDays(-1), Ct));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task PassAsync(TimeSpan time)
    {
        Server.Time.Advance(time);
        Server.Time.Advance(Minute);
        await Task.Yield();
        Server.Time.Advance(Minute);
    }

    private Task<List<StoodSince>> SummariesAsync() => Server.InStoreAsync(async db =>
        (await db.LogEntries.Where(x => x.Kind == EntryKind.Daily).OrderBy(x => x.Id).Select(x => x.Body!).ToListAsync(Ct)).ConvertAll(body => LogBody.Parser.ParseFrom(body).StoodSince));
}
