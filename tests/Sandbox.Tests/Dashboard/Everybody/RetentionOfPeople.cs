using System.Net;
using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Storage.Log;
using Sandbox.Storage.People;
using Sandbox.Storage.Retention;

namespace Sandbox.Tests.Dashboard.Everybody;

/// <summary>How long a record is kept, on the page of the person: read by those who see everything, decided by admins.</summary>
public sealed class RetentionOfPeople : PagesTest
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Url => $"/people/{Apprentice.Id}";

    [Fact]
    public async Task An_admin_says_when_somebody_left_and_takes_it_back()
    {
        using var admin = await AsAsync(Roles.Admin);

        await DoneAsync(admin, "exit", ("on", "2020-03-01"));
        Assert.Contains("left Information Technology Generalist on 2020-03-01. The record is kept until 2025-03-01", await admin.ReadAsync(Url), StringComparison.Ordinal);
        await DoneAsync(admin, "return");

        Assert.Contains("has not left", await admin.ReadAsync(Url), StringComparison.Ordinal);
        Assert.Equal(["left", "returned"], (await SaidAsync()).Select(x => x.What));
        Assert.All(await SaidAsync(), x => Assert.NotNull(LogId.From(x.SaidBy)));
    }

    [Fact]
    public async Task A_hold_shows_its_reason_and_is_released_with_another()
    {
        using var admin = await AsAsync(Roles.Admin);

        await DoneAsync(admin, "hold", ("reason", "case 12-3"));
        Assert.Contains("case 12-3", await admin.ReadAsync(Url), StringComparison.Ordinal);
        await DoneAsync(admin, "release", ("reason", "settled"));

        Assert.DoesNotContain("case 12-3", await admin.ReadAsync(Url), StringComparison.Ordinal);
        Assert.Equal([("held", ""), ("released", "settled")], (await SaidAsync()).Select(x => (x.What, x.Words)));
    }

    [Fact]
    public async Task Who_is_due_to_be_erased_stands_above_everybody_for_admins_until_it_is_held()
    {
        using var admin = await AsAsync(Roles.Admin);
        using var mentor = await AsAsync(Roles.Mentor);
        Assert.DoesNotContain("data-due", await admin.ReadAsync("/people"), StringComparison.Ordinal);

        await DoneAsync(admin, "exit", ("on", "2015-03-01"));

        Assert.Matches("due to be erased: <a href=\"/people/[0-9a-f-]+\">Elif Yilmaz</a>\\. ", await admin.ReadAsync("/people"));
        Assert.DoesNotContain("data-due", await mentor.ReadAsync("/people"), StringComparison.Ordinal);
        await DoneAsync(admin, "hold", ("reason", "case 12-3"));
        Assert.DoesNotContain("data-due", await admin.ReadAsync("/people"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_programme_has_other_years()
    {
        var other = new Programme { Id = Guid.NewGuid(), Name = "Cyber Security", YearsKept = 10 };
        await Server.InStoreAsync(async db =>
        {
            db.Programmes.Add(other);
            return await db.SaveChangesAsync(Ct);
        });
        using var admin = await AsAsync(Roles.Admin);

        await DoneAsync(admin, "programme", ("programme", $"{other.Id}"));

        Assert.Contains("The record is kept for 10 years after Elif Yilmaz leaves Cyber Security", await admin.ReadAsync(Url), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit", "on", "yesterday", "Give the day on which they left"), InlineData("exit", "on", "2999-01-01", "They cannot have left on 2999-01-01"), InlineData("return", "on", "", "They have not left")]
    [InlineData("hold", "reason", " ", "Say why"), InlineData("release", "reason", "over", "Nothing holds this record"), InlineData("programme", "programme", "Cooking", "Choose a programme")]
    public async Task What_makes_no_sense_is_refused_in_words_and_is_no_entry(string verb, string field, string typed, string words)
    {
        using var admin = await AsAsync(Roles.Admin);

        var answer = await admin.SendFormOfAsync(Url, $"{Url}/{verb}", (field, typed));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(words, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct)), StringComparison.Ordinal);
        Assert.Empty(await SaidAsync());
    }

    [Theory]
    [InlineData(Roles.Mentor), InlineData(Roles.Auditor)]
    public async Task Who_sees_everything_reads_it_and_decides_nothing(string role)
    {
        using var one = await AsAsync(role);

        var page = await one.ReadAsync(Url);
        var answer = await one.SendFormOfAsync(Url, $"{Url}/hold", ("reason", "because"));

        Assert.Contains("kept for 5 years after Elif Yilmaz leaves", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Legal hold</summary>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("retention erase", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Empty(await SaidAsync());
    }

    [Fact]
    public async Task An_apprentice_reads_how_long_the_own_record_is_kept_and_no_reason_of_a_hold()
    {
        using var elif = await AsApprenticeAsync();
        Assert.Contains("Your record is kept for 5 years after you leave Information Technology Generalist; after that an admin may erase it.", await elif.ReadAsync("/competencies"), StringComparison.Ordinal);
        using var admin = await AsAsync(Roles.Admin);
        await DoneAsync(admin, "exit", ("on", "2020-03-01"));
        await DoneAsync(admin, "hold", ("reason", "case 12-3"));

        var page = await elif.ReadAsync("/competencies");

        Assert.Contains("Your record is kept until 2025-03-01, and longer as long as it is held for a legal reason.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("case 12-3", page, StringComparison.Ordinal);
    }

    private async Task DoneAsync(Visitor admin, string verb, params (string, string)[] form) => Assert.Equal(HttpStatusCode.Redirect, (await admin.SendFormOfAsync(Url, $"{Url}/{verb}", form)).StatusCode);

    private Task<List<RetentionSaid>> SaidAsync() => Server.InStoreAsync(async db =>
        (await db.LogEntries.Where(x => x.Kind == EntryKind.Retention).OrderBy(x => x.Id).Select(x => x.Body!).ToListAsync(Ct)).ConvertAll(body => LogBody.Parser.ParseFrom(body).RetentionSaid));
}
