using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Sandbox.Storage.People;

namespace Sandbox.Tests.Dashboard.Everybody;

/// <summary>What admins decide about people on pages, and that nobody else does.</summary>
public sealed partial class PeoplePages : PagesTest
{
    [Fact]
    public async Task An_added_person_gets_a_link_that_works_once()
    {
        using var admin = await AsAsync(Roles.Admin);

        var page = await TextAsync(await admin.SendFormAsync("/people", ("name", "ben"), ("displayName", "Ben Fischer"), ("role", Roles.Apprentice)));

        using var ben = new Visitor(Server);
        var answer = await ben.SendFormAsync("/join", ("token", Link().Match(page).Groups[1].Value), ("displayName", "Ben"), ("password", LabSeed.Password), ("password2", LabSeed.Password));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact]
    public async Task The_link_is_shown_once()
    {
        using var admin = await AsAsync(Roles.Admin);
        var page = await TextAsync(await admin.SendFormOfAsync(Url(Apprentice), Url(Apprentice) + "/link"));
        Assert.Matches(Link(), page);

        Assert.DoesNotMatch(Link(), await admin.ReadAsync(Url(Apprentice)));
    }

    [Theory]
    [InlineData("elif", "There is already somebody called elif"), InlineData("no spaces", "cannot be a sign-in name"), InlineData("", "cannot be a sign-in name")]
    public async Task A_name_that_cannot_be_is_refused_in_words(string name, string words)
    {
        using var admin = await AsAsync(Roles.Admin);

        var answer = await admin.SendFormAsync("/people", ("name", name), ("role", Roles.Mentor));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(words, await TextAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_there_is_not_is_refused()
    {
        using var admin = await AsAsync(Roles.Admin);

        Assert.Equal(HttpStatusCode.BadRequest, (await admin.SendFormAsync("/people", ("name", "ben"), ("role", "king"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.SendFormOfAsync(Url(Apprentice), Url(Apprentice) + "/role", ("role", "king"))).StatusCode);
    }

    [Theory]
    [InlineData(Roles.Mentor, HttpStatusCode.OK), InlineData(Roles.Auditor, HttpStatusCode.OK), InlineData(Roles.Apprentice, HttpStatusCode.Forbidden)]
    public async Task People_are_read_by_those_who_see_everything(string role, HttpStatusCode status)
    {
        using var visitor = await AsAsync(role);

        Assert.Equal(status, (await visitor.GetAsync("/people")).StatusCode);
        Assert.Equal(status, (await visitor.GetAsync(Url(Mentor))).StatusCode);
    }

    [Theory]
    [InlineData("", Roles.Mentor), InlineData("/link", Roles.Mentor), InlineData("/role", Roles.Mentor), InlineData("/lock", Roles.Mentor), InlineData("/unlock", Roles.Mentor)]
    [InlineData("", Roles.Auditor), InlineData("/link", Roles.Auditor), InlineData("/lock", Roles.Apprentice), InlineData("/link", Roles.Apprentice), InlineData("/role", Roles.Apprentice)]
    public async Task Only_an_admin_decides(string what, string role)
    {
        using var visitor = await AsAsync(role);
        var path = what.Length == 0 ? "/people" : Url(Apprentice) + what;

        var answer = await visitor.SendFormOfAsync("/", path, ("name", "ben"), ("role", Roles.Admin));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_reader_sees_no_forms()
    {
        using var mentor = await AsMentorAsync();

        Assert.DoesNotContain("action=\"/people", await mentor.ReadAsync("/people"), StringComparison.Ordinal);
        Assert.DoesNotContain("action=\"/people", await mentor.ReadAsync(Url(Apprentice)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_role_ends_the_session_of_the_one_before()
    {
        using var admin = await AsAsync(Roles.Admin);
        using var mentor = await AsMentorAsync();

        await admin.SendFormOfAsync(Url(Mentor), Url(Mentor) + "/role", ("role", Roles.Apprentice));

        Server.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(HttpStatusCode.Redirect, (await mentor.GetAsync("/people")).StatusCode);
        using var again = await AsMentorAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await again.GetAsync("/people")).StatusCode);
    }

    [Fact]
    public async Task A_locked_person_is_out_and_their_link_and_codes_end()
    {
        using var admin = await AsAsync(Roles.Admin);
        var token = await LinkAsync(Apprentice, TimeSpan.FromHours(1));
        await admin.SendFormAsync("/enrol", ("person", Apprentice.Id.ToString()), ("life", "1d"));

        await admin.SendFormOfAsync(Url(Apprentice), Url(Apprentice) + "/lock");

        using var elif = new Visitor(Server);
        Assert.Equal(HttpStatusCode.Unauthorized, (await elif.SignInAsync("elif", LabSeed.Password)).StatusCode);
        Assert.Equal(HttpStatusCode.Gone, (await elif.SendFormAsync("/join", ("token", token), ("displayName", "Elif"), ("password", LabSeed.Password), ("password2", LabSeed.Password))).StatusCode);
        Assert.All(await Server.InStoreAsync(db => db.Codes.ToListAsync()), code => Assert.NotNull(code.RevokedAt));
    }

    [Fact]
    public async Task A_locked_person_gets_no_link_until_they_are_unlocked()
    {
        using var admin = await AsAsync(Roles.Admin);
        await admin.SendFormOfAsync(Url(Apprentice), Url(Apprentice) + "/lock");

        Assert.Equal(HttpStatusCode.BadRequest, (await admin.SendFormOfAsync(Url(Apprentice), Url(Apprentice) + "/link")).StatusCode);
        await admin.SendFormOfAsync(Url(Apprentice), Url(Apprentice) + "/unlock");
        Assert.Equal(HttpStatusCode.OK, (await admin.SendFormOfAsync(Url(Apprentice), Url(Apprentice) + "/link")).StatusCode);
        using var elif = await AsApprenticeAsync();
    }

    [Theory]
    [InlineData("lock"), InlineData("role")]
    public async Task Nobody_locks_or_demotes_themself(string what)
    {
        using var admin = await AsAsync(Roles.Admin);
        var self = await Server.InStoreAsync(db => db.Users.SingleAsync(p => p.UserName == "some-admin"));

        var answer = await admin.SendFormOfAsync(Url(self), $"{Url(self)}/{what}", ("role", Roles.Mentor));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("another admin can", await TextAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_sign_in_is_known_once_there_was_one()
    {
        using var admin = await AsAsync(Roles.Admin);
        Assert.Contains("none was noted", await admin.ReadAsync(Url(Apprentice)), StringComparison.Ordinal);

        using var elif = await AsApprenticeAsync();

        Assert.DoesNotContain("none was noted", await admin.ReadAsync(Url(Apprentice)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_no_password_yet_never_signed_in()
    {
        await Server.InStoreAsync(db => db.Users.Where(p => p.Id == Apprentice.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.PasswordHash, (string?)null)));
        using var admin = await AsAsync(Roles.Admin);

        Assert.Contains("<span class=\"absent\">never</span>", await admin.ReadAsync(Url(Apprentice)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_in_whose_note_was_damaged_is_said_to_be_unreadable()
    {
        using var elif = await AsApprenticeAsync();
        await Server.InStoreAsync(db => db.UserTokens.Where(t => t.UserId == Apprentice.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.Value, "yesterday, I think")));
        using var admin = await AsAsync(Roles.Admin);

        Assert.Contains("what was noted cannot be read", await admin.ReadAsync(Url(Apprentice)), StringComparison.Ordinal);
        Assert.Contains("what was noted cannot be read", await admin.ReadAsync("/people"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_page_of_people_hears_of_a_new_one()
    {
        using var admin = await AsAsync(Roles.Admin);
        using var mentor = await AsMentorAsync();
        using var stream = await mentor.OpenStreamAsync("/live?about=people");
        Assert.Equal("event: hello", await stream.ReadLineAsync(TestContext.Current.CancellationToken));

        await admin.SendFormAsync("/people", ("name", "ben"), ("role", Roles.Apprentice));

        for (var line = 0; line < 2; line++) await stream.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.Equal("event: change", await stream.ReadLineAsync(TestContext.Current.CancellationToken));
    }

    private static string Url(Person person) => $"/people/{person.Id}";

    private static Task<string> TextAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    [GeneratedRegex("https://localhost:[0-9]+/join#([0-9a-f]{32})")]
    private static partial Regex Link();
}
