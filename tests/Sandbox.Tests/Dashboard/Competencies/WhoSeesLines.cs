using System.Net;
using System.Text.RegularExpressions;
using Sandbox.Evidence.Crediting;
using Sandbox.Storage.People;

namespace Sandbox.Tests.Dashboard.Competencies;

/// <summary>The pages of lines: who sees whose, and that they say how far somebody is.</summary>
public sealed class WhoSeesLines : LinesTest
{
    [Fact]
    public async Task An_apprentice_sees_the_own_lines_of_all_functions()
    {
        await EvidenceAsync(EvidenceState.Watched);
        using var apprentice = await AsApprenticeAsync();

        var page = await apprentice.ReadAsync("/competencies");

        Assert.Equal(46, Regex.Count(page, "data-line="));
        Assert.Equal(1, Regex.Count(page, "data-standing=\"InProgress\""));
        Assert.Equal(91, Regex.Count(page, "data-standing=\"NotStarted\""));
        Assert.Contains("of 31", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_apprentice_does_not_see_the_lines_of_others()
    {
        var noor = await SeedAsync(lab => lab.PersonAsync("noor", "Noor Haddad", Roles.Apprentice));
        using var apprentice = await AsApprenticeAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await apprentice.GetAsync($"/competencies/{noor.Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await apprentice.GetAsync($"/competencies/{noor.Id}/1.3")).StatusCode);
    }

    [Theory]
    [InlineData(Roles.Admin), InlineData(Roles.Mentor), InlineData(Roles.Auditor)]
    public async Task The_others_see_those_of_all_apprentices_and_of_nobody_else(string role)
    {
        using var visitor = await AsAsync(role);

        var page = await visitor.ReadAsync("/competencies");

        Assert.Contains("Elif Yilmaz", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Mara Kessler", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(Url)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/competencies/{Mentor.Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/competencies/{Guid.NewGuid()}/1.3")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(UrlOf("8.1"))).StatusCode);
    }

    [Fact]
    public async Task The_queue_begins_with_the_longest_wait()
    {
        await EvidenceAsync();
        var noor = await SeedAsync(lab => lab.PersonAsync("noor", "Noor Haddad", Roles.Apprentice));
        Server.Time.Advance(TimeSpan.FromDays(3));
        await Server.InStoreAsync(db => new EvidenceSeed(db, Server.Time.GetUtcNow()).MendedAsync(noor, "lab-09"));
        using var mentor = await AsMentorAsync();

        var page = await mentor.ReadAsync("/competencies");

        Assert.Equal([$"{Apprentice.Id}", $"{noor.Id}"], Regex.Matches(page, "/competencies/([0-9a-f-]{36})/1.3#ojt").Select(found => found.Groups[1].Value));
        Assert.Contains("data-count=\"waiting\">2<", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_figures_of_an_apprentice_count_signed_core_lines()
    {
        await EvidenceAsync(grade: Grade.E2);
        using var mentor = await AsMentorAsync();
        Done(await DecideAsync(mentor, Url, "sign"));
        // Optional lines are signed as well, and no core line of anybody.
        Done(await DecideAsync(mentor, UrlOf("3.1"), "sign", "Saw it on the ward's machines."));

        Assert.Matches("data-count=\"signed-ojt\">1</strong> <span class=\"quiet\">of 31", await mentor.ReadAsync("/competencies"));
    }

    [Fact]
    public async Task A_line_shows_its_evidence_and_says_what_would_count()
    {
        using var apprentice = await AsApprenticeAsync();
        Assert.Contains("an account that was added for somebody", await apprentice.ReadAsync(Url), StringComparison.Ordinal);

        await EvidenceAsync();

        Assert.Contains("Password length on lab-07 went from 8 characters to 14 characters", WebUtility.HtmlDecode(await apprentice.ReadAsync(Url)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_links_of_a_line_lead_to_its_evidence_and_its_task()
    {
        using var mentor = await AsMentorAsync();

        var page = WebUtility.HtmlDecode(await mentor.ReadAsync(Url));

        Assert.Contains($"href=\"/evidence?person={Apprentice.Id}&line=1.3\"", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/assignments/new?template=user-account&person={Apprentice.Id}\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lab_without_apprentices_says_who_adds_them()
    {
        await SeedAsync(lab => lab.PersonAsync("some-admin", "Some admin", Roles.Admin));
        await Server.InStoreAsync(async db =>
        {
            db.Users.Remove(db.Users.Single(p => p.Id == Apprentice.Id));
            return await db.SaveChangesAsync(Ct);
        });
        using var mentor = await AsMentorAsync();

        var page = await mentor.ReadAsync("/competencies");

        Assert.Contains("There are no apprentices yet", page, StringComparison.Ordinal);
        Assert.Contains("Nothing waits for a signature", page, StringComparison.Ordinal);
    }
}
