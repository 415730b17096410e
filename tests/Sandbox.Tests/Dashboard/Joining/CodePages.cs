using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Server.Dashboard.Words;
using Sandbox.Storage.Devices;
using Sandbox.Storage.People;

namespace Sandbox.Tests.Dashboard.Joining;

/// <summary>Making a join code on a page: who may, for whom, and that the secret is shown once.</summary>
public sealed partial class CodePages : PagesTest
{
    [Fact]
    public async Task A_new_code_is_shown_once_as_text_and_as_a_picture()
    {
        using var mentor = await AsMentorAsync();

        var page = await TextAsync(await MakeAsync(mentor, Apprentice));

        Assert.True(JoinCode.TryRead(Code().Match(page).Value, out var content, out _));
        Assert.Equal($"localhost:{Server.AgentPort}", content.Address);
        Assert.Contains("role=\"img\" aria-label=\"QR code", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Loading_the_page_again_shows_the_state_without_the_secret()
    {
        using var mentor = await AsMentorAsync();
        var page = await TextAsync(await MakeAsync(mentor, Apprentice));
        var address = Address().Match(page).Groups[1].Value;

        var again = await mentor.ReadAsync(address);

        Assert.DoesNotMatch(Code(), again);
        Assert.Contains("data-step=\"redeemed\" data-state=\"awaited\"", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_with_the_secret_is_kept_by_no_browser()
    {
        using var mentor = await AsMentorAsync();

        var answer = await MakeAsync(mentor, Apprentice);

        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task With_packages_there_is_one_command_that_installs_enrols_and_starts()
    {
        Directory.CreateDirectory(Server.Folder.Folders.Packages);
        await File.WriteAllTextAsync(Path.Combine(Server.Folder.Folders.Packages, "SHA256SUMS"), "", TestContext.Current.CancellationToken);
        using var mentor = await AsMentorAsync();

        var page = WebUtility.HtmlDecode(await TextAsync(await MakeAsync(mentor, Apprentice)));

        Assert.Matches($"curl -fsSk --pinnedpubkey 'sha256//[A-Za-z0-9+/]{{43}}=' https://localhost:{Server.WebPort}/install \\| sudo sh<", page);
        Assert.Matches(Code(), page);
    }

    [Fact]
    public async Task Without_packages_the_page_says_how_to_make_them()
    {
        using var mentor = await AsMentorAsync();

        var page = await TextAsync(await MakeAsync(mentor, Apprentice));

        Assert.Contains("sudo sandbox-agent enrol -", page, StringComparison.Ordinal);
        Assert.Contains("Type on the server, in a checkout, deploy/package", page, StringComparison.Ordinal);
        Assert.DoesNotContain("curl", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1h", 1), InlineData("1d", 24), InlineData("7d", 168)]
    public async Task A_code_lives_as_long_as_was_chosen(string life, int hours)
    {
        using var mentor = await AsMentorAsync();

        await MakeAsync(mentor, Apprentice, life);

        var code = await TheCodeAsync();
        Assert.Equal(TimeSpan.FromHours(hours), code.ExpiresAt - code.CreatedAt);
    }

    [Fact]
    public async Task An_apprentice_makes_a_code_for_the_own_machine()
    {
        using var apprentice = await AsApprenticeAsync();

        await MakeAsync(apprentice, Apprentice);

        Assert.Equal(Apprentice.Id, (await TheCodeAsync()).PersonId);
    }

    [Fact]
    public async Task An_apprentice_makes_no_code_for_somebody_else()
    {
        using var apprentice = await AsApprenticeAsync();

        var answer = await MakeAsync(apprentice, Mentor);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(await Server.InStoreAsync(db => db.Codes.ToListAsync(TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData("person", ""), InlineData("person", "nobody"), InlineData("life", "100y"), InlineData("life", "")]
    public async Task A_form_that_makes_no_sense_is_refused_in_words(string field, string value)
    {
        using var mentor = await AsMentorAsync();
        var fields = new Dictionary<string, string> { ["person"] = Apprentice.Id.ToString(), ["life"] = "1h", [field] = value };

        var answer = await mentor.SendFormAsync("/enrol", [.. fields.Select(f => (f.Key, f.Value))]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Choose ", await TextAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_auditor_may_neither_see_nor_make_codes()
    {
        using var auditor = await AsAsync(Roles.Auditor);

        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.GetAsync("/enrol")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.SendFormOfAsync("/", "/enrol", ("person", Apprentice.Id.ToString()), ("life", "1h"))).StatusCode);
        Assert.DoesNotContain("href=\"/enrol\"", await auditor.ReadAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        using var mentor = await AsMentorAsync();

        var answer = await mentor.SendBareFormAsync("/enrol", ("person", Apprentice.Id.ToString()), ("life", "1h"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task An_apprentice_sees_no_code_of_others()
    {
        using var mentor = await AsMentorAsync();
        await MakeAsync(mentor, Mentor);
        var code = await TheCodeAsync();
        using var apprentice = await AsApprenticeAsync();

        Assert.DoesNotContain(code.ShortName(), await apprentice.ReadAsync("/enrol"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await apprentice.GetAsync($"/enrol/{code.Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await apprentice.SendFormOfAsync("/enrol", $"/enrol/{code.Id}/withdraw")).StatusCode);
        Assert.Null((await TheCodeAsync()).RevokedAt);
    }

    [Fact]
    public async Task A_withdrawal_can_be_taken_back()
    {
        using var apprentice = await AsApprenticeAsync();
        await MakeAsync(apprentice, Apprentice);
        var page = $"/enrol/{(await TheCodeAsync()).Id}";
        await apprentice.SendFormOfAsync(page, page + "/withdraw");
        Assert.NotNull((await TheCodeAsync()).RevokedAt);

        await apprentice.SendFormOfAsync(page, page + "/restore");

        Assert.Null((await TheCodeAsync()).RevokedAt);
    }

    [Fact]
    public async Task A_withdrawn_code_that_has_ended_stays_withdrawn()
    {
        using var apprentice = await AsApprenticeAsync();
        await MakeAsync(apprentice, Apprentice);
        var page = $"/enrol/{(await TheCodeAsync()).Id}";
        await apprentice.SendFormOfAsync(page, page + "/withdraw");
        Server.Time.Advance(TimeSpan.FromHours(2));

        await apprentice.SendFormOfAsync(page, page + "/restore");

        Assert.NotNull((await TheCodeAsync()).RevokedAt);
    }

    [Fact]
    public async Task The_list_counts_open_codes_and_nothing_else()
    {
        using var mentor = await AsMentorAsync();
        await MakeAsync(mentor, Apprentice, "1h");
        await MakeAsync(mentor, Apprentice, "7d");
        Server.Time.Advance(TimeSpan.FromHours(2));

        var page = await mentor.ReadAsync("/enrol");

        Assert.Contains("data-count=\"open\">1<", page, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(page, "data-code="));
    }

    [Fact]
    public void A_picture_has_its_quiet_zone()
    {
        var picture = QrPath.Of("sbx1_" + new string('x', 120));

        Assert.Equal(0, (picture.Size - 8 - 17) % 4);
        Assert.StartsWith("M4 4h7v1h-7z", picture.Data, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> MakeAsync(Visitor visitor, Person person, string life = "1h") =>
        visitor.SendFormAsync("/enrol", ("person", person.Id.ToString()), ("life", life));

    private static Task<string> TextAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    private Task<IssuedCode> TheCodeAsync() => Server.InStoreAsync(db => db.Codes.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken));

    [GeneratedRegex("sbx1_[A-Za-z0-9_-]{40,}")]
    private static partial Regex Code();

    [GeneratedRegex("data-address=\"([^\"]+)\"")]
    private static partial Regex Address();
}
