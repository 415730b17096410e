using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Crediting;
using Sandbox.Server.Live;
using Sandbox.Storage.Assignments;

namespace Sandbox.Tests.Dashboard.Tasks;

/// <summary>The watch of a running server: it hears of changes, also after quiet minutes.</summary>
public sealed class WatchingTasks : PagesTest
{
    [Theory]
    [InlineData(0), InlineData(5)]
    public async Task A_change_is_noticed_at_once_also_after_quiet_minutes(int minutes)
    {
        var (now, ct) = (Server.Time.GetUtcNow(), TestContext.Current.CancellationToken);
        for (var i = 0; i < minutes; i++)
        {
            Server.Time.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(50, ct);
        }

        await Server.InStoreAsync(async db =>
        {
            db.Assignments.Add(new Assignment { Id = Guid.NewGuid(), PersonId = Apprentice.Id, Template = "user-account", Line = "1.3", Title = "Set up an account", Rules = "", From = now, GivenAt = now, Until = now.AddDays(1) });
            var item = await new EvidenceSeed(db, Server.Time.GetUtcNow()).MendedAsync(Apprentice, "lab-07");
            return await db.Evidence.Where(e => e.Id == item.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.Act, "account.added").SetProperty(e => e.State, EvidenceState.Watched).SetProperty(e => e.HappenedAt, Server.Time.GetUtcNow()), ct);
        });

        // One call; less than the minute after which it would look in any case.
        Feed.Publish(new LiveEvent(null, LiveChange.Line, Server.Time.GetUtcNow()) { Person = Apprentice.Id });

        for (var i = 0; i < 100 && !await IsDoneAsync(); i++)
        {
            if (i < 50) Server.Time.Advance(TimeSpan.FromMilliseconds(600));
            await Task.Delay(100, ct);
        }

        Assert.True(await IsDoneAsync());
        Assert.True(Server.Time.GetUtcNow() - now < TimeSpan.FromMinutes(minutes + 1));
    }

    private Task<bool> IsDoneAsync() => Server.InStoreAsync(db => db.Assignments.AnyAsync(a => a.CompletedAt != null, TestContext.Current.CancellationToken));
}
