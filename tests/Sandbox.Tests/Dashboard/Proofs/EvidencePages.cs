using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Storage.Crediting;
using Sandbox.Storage.People;

namespace Sandbox.Tests.Dashboard.Proofs;

/// <summary>Evidence by line of the schedule: who sees what, and that counts and lists agree.</summary>
public sealed class EvidencePages : PagesTest
{
    [Fact]
    public async Task A_piece_is_told_in_one_sentence()
    {
        await MendedAsync(Apprentice, "lab-07");
        using var mentor = await AsMentorAsync();

        var page = WebUtility.HtmlDecode(await mentor.ReadAsync("/evidence"));

        Assert.Contains("Password length on lab-07 went from 8 characters to 14 characters and held for 24 h", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_apprentice_sees_the_own_evidence_and_nothing_of_others()
    {
        var own = await MendedAsync(Apprentice, "lab-07");
        var other = await MendedAsync(Mentor, "lab-08");
        using var apprentice = await AsApprenticeAsync();

        var page = await apprentice.ReadAsync("/evidence");

        Assert.Contains("lab-07", page, StringComparison.Ordinal);
        Assert.DoesNotContain("lab-08", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await apprentice.GetAsync($"/evidence/{own.Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await apprentice.GetAsync($"/evidence/{other.Id}")).StatusCode);
    }

    [Fact]
    public async Task An_apprentice_who_asks_for_somebody_else_finds_nothing()
    {
        await MendedAsync(Mentor, "lab-08");
        using var apprentice = await AsApprenticeAsync();

        Assert.Equal(0, Count(await apprentice.ReadAsync($"/evidence?person={Mentor.Id}"), "evidence"));
    }

    [Theory]
    [InlineData(Roles.Mentor), InlineData(Roles.Auditor), InlineData(Roles.Admin)]
    public async Task Those_who_see_everything_see_the_evidence_of_all(string role)
    {
        var item = await MendedAsync(Apprentice, "lab-07");
        using var visitor = await AsAsync(role);

        Assert.Contains("Elif Yilmaz", await visitor.ReadAsync("/evidence"), StringComparison.Ordinal);
        await visitor.ReadAsync($"/evidence/{item.Id}");
    }

    [Theory]
    [InlineData("", 3), InlineData("line=1.3", 3), InlineData("line=1.1", 0), InlineData("state=held", 2), InlineData("state=watched", 1), InlineData("state=undone", 0), InlineData("line=nonsense", 0)]
    public async Task A_filter_counts_what_it_lists(string filter, int pieces)
    {
        await MendedAsync(Apprentice, "lab-07");
        await MendedAsync(Mentor, "lab-08");
        await MendedAsync(Apprentice, "lab-09", EvidenceState.Watched);
        using var mentor = await AsMentorAsync();

        var page = await mentor.ReadAsync($"/evidence?{filter}");

        Assert.Equal(pieces, Count(page, "evidence"));
        Assert.Equal(pieces, Regex.Count(page, "data-evidence="));
    }

    [Fact]
    public async Task The_count_of_a_line_is_the_length_of_the_list_behind_it()
    {
        await MendedAsync(Apprentice, "lab-07");
        await MendedAsync(Mentor, "lab-08");
        using var mentor = await AsMentorAsync();
        var page = await mentor.ReadAsync($"/evidence?person={Apprentice.Id}");

        var link = WebUtility.HtmlDecode(Regex.Match(page, "data-line=\"1.3\".*?href=\"([^\"]+)\"", RegexOptions.Singleline).Groups[1].Value);

        Assert.Equal(1, Count(page, "line-1.3"));
        Assert.Equal(1, Count(await mentor.ReadAsync(link), "evidence"));
    }

    [Fact]
    public async Task The_whole_schedule_is_there_and_a_line_without_telemetry_says_who_attests_it()
    {
        using var mentor = await AsMentorAsync();

        var page = await mentor.ReadAsync("/evidence");

        Assert.Equal(Sandbox.Evidence.Catalogue.Schedule.Current.Functions.Sum(f => f.Lines.Count), Regex.Count(page, "data-line="));
        Assert.Matches("(?s)data-line=\"2.1\">.*?a mentor attests it", page);
        Assert.Matches("(?s)data-line=\"1.3\">.{0,400}nothing yet", page);
    }

    [Fact]
    public async Task The_list_is_read_a_page_at_a_time()
    {
        for (var i = 0; i < 27; i++) await MendedAsync(Apprentice, $"lab-{i:00}");
        using var mentor = await AsMentorAsync();

        var page = await mentor.ReadAsync("/evidence?page=99");

        Assert.Equal(2, Regex.Count(page, "data-evidence="));
        Assert.Contains("26–27 of 27", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_did_it_is_credited_and_the_page_shows_that_act_and_none_of_anothers()
    {
        var item = await MendedAsync(Mentor, "lab-07");
        await DoneAsync(item, Apprentice, "elif");
        using var apprentice = await AsApprenticeAsync();

        var page = WebUtility.HtmlDecode(await apprentice.ReadAsync($"/evidence/{item.Id}"));

        Assert.Contains("Elif Yilmaz did it (the account elif, A1); self-reported", page, StringComparison.Ordinal);
        Assert.Contains("\"/etc/security/pwquality.conf\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("private-of-another", page, StringComparison.Ordinal);
        Assert.DoesNotContain("effective_min_length", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"/devices/{item.DeviceId}", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"/devices/{item.DeviceId}/acts", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_counts_for_nobody_says_why_and_is_no_evidence_for_a_line()
    {
        var item = await MendedAsync(Apprentice, "lab-07");
        await DoneAsync(item, null, "stranger");
        using var mentor = await AsMentorAsync();

        Assert.Contains("nobody is known to work under the account stranger on this machine", await mentor.ReadAsync($"/evidence/{item.Id}"), StringComparison.Ordinal);
        Assert.Matches("(?s)data-line=\"1.3\">.{0,400}nothing yet", await mentor.ReadAsync("/evidence"));
        Assert.Equal(1, Count(await mentor.ReadAsync("/evidence?state=discounted"), "line-1.3"));
    }

    [Fact]
    public async Task Each_line_of_one_person_says_how_far_they_are_and_what_is_missing()
    {
        await MendedAsync(Apprentice, "lab-07");
        using var apprentice = await AsApprenticeAsync();
        using var mentor = await AsMentorAsync();

        foreach (var page in new[] { await apprentice.ReadAsync("/evidence?line=1.1"), await mentor.ReadAsync($"/evidence?person={Apprentice.Id}") })
        {
            Assert.Matches("(?s)data-line=\"1.3\".{0,400}data-standing=\"ReadyForReview\".{0,900}E1; missing: that it was surely their work", WebUtility.HtmlDecode(page));
            Assert.Matches("(?s)data-line=\"7.1\".{0,400}data-standing=\"NotStarted\"", page);
            Assert.DoesNotContain("data-standing", page[page.IndexOf("data-line=\"7.4\"", StringComparison.Ordinal)..page.IndexOf("data-line=\"7.5\"", StringComparison.Ordinal)], StringComparison.Ordinal);
        }
        Assert.DoesNotContain("data-standing", await mentor.ReadAsync("/evidence"), StringComparison.Ordinal);
    }

    private Task<int> DoneAsync(StoredEvidence item, Person? by, string account) => Server.InStoreAsync(async db =>
    {
        await new EvidenceSeed(db, Server.Time.GetUtcNow()).DoneAsync(await db.Evidence.SingleAsync(x => x.Id == item.Id), by, account);
        return 0;
    });

    private static int Count(string page, string name) =>
        int.Parse(Regex.Match(page, $"data-count=\"{Regex.Escape(name)}\">([0-9,]+)<").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

    private Task<StoredEvidence> MendedAsync(Person owner, string device, EvidenceState state = EvidenceState.Held) =>
        Server.InStoreAsync(db => new EvidenceSeed(db, Server.Time.GetUtcNow()).MendedAsync(owner, device, state));
}
