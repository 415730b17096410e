using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Evidence.Crediting;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.Assignments;
using Sandbox.Storage.Assignments;

namespace Sandbox.Tests.Dashboard.Tasks;

/// <summary>A test of tasks that a mentor gives to the apprentice.</summary>
public abstract class TasksTest : PagesTest
{
    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected static Task<HttpResponseMessage> GiveAsync(Visitor mentor, string template, (string, string)[] fields)
    {
        (string Name, string Value)[] all = [("template", template), ("until", "2026-12-31T12:00"), .. fields];
        return mentor.SendFormOfAsync($"/assignments/new?template={template}", "/assignments/new", [.. all.GroupBy(field => field.Name).SelectMany(same => same.TakeLast(same.Key == "person" ? same.Count() : 1))]);
    }

    private protected async Task<Assignment> GivenAsync(string template, params (string, string)[] more)
    {
        using var mentor = await AsMentorAsync();
        var begin = Server.Time.GetUtcNow().AddHours(-40);
        var answer = await GiveAsync(mentor, template, [("person", $"{Apprentice.Id}"), ("from", $"{begin.UtcDateTime:yyyy-MM-ddTHH:mm:ss}"), ("until", $"{Server.Time.GetUtcNow().UtcDateTime.AddDays(7):yyyy-MM-ddTHH:mm}"), .. more]);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return await OneAsync(Guid.Parse(answer.Headers.Location!.OriginalString.Split('/')[^1]));
    }

    private protected Task<Assignment> OneAsync(Guid id) => Server.InStoreAsync(db => db.Assignments.AsNoTracking().SingleAsync(one => one.Id == id, Ct));

    private protected Task<int> EvidenceAsync() => Server.InStoreAsync(async db =>
    {
        var item = await new EvidenceSeed(db, Server.Time.GetUtcNow()).MendedAsync(Apprentice, "lab-07");
        return await db.Evidence.Where(e => e.Id == item.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.Grade, Grade.E2).SetProperty(e => e.Act, "account.added").SetProperty(e => e.Target, "trainee (uid 1007)").SetProperty(e => e.After, "account trainee, uid 1007").SetProperty(e => e.HappenedAt, Server.Time.GetUtcNow()).SetProperty(e => e.NotedAt, Server.Time.GetUtcNow()), Ct);
    });

    private protected Task LookAsync() => Server.App.Services.GetRequiredService<AssignmentWatch>().LookAsync(Concerned.Everybody, Ct);

    private protected Task<IReadOnlyList<AssignmentSaid>> SaidAsync() => Server.InStoreAsync<IReadOnlyList<AssignmentSaid>>(async db =>
        [.. (await db.LogEntries.AsNoTracking().Where(e => e.Kind == EntryKind.Assignment).OrderBy(e => e.Id).Select(e => e.Body!).ToListAsync(Ct)).Select(body => LogBody.Parser.ParseFrom(body).AssignmentSaid)]);
}
