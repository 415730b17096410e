using System.Net;

namespace Sandbox.Tests.Dashboard;

public sealed class WelcomeTests : PagesTest
{
    private const string Good = "seven unrelated green umbrellas";

    [Fact]
    public async Task A_one_time_link_lets_its_person_in_with_the_chosen_name()
    {
        using var visitor = new Visitor(Server);

        var answer = await UseAsync(visitor, await LinkAsync(Apprentice, TimeSpan.FromHours(1)), Good, Good);

        Assert.Equal("/", answer.Headers.Location!.OriginalString);
        Assert.Contains("Neo Newcomer", await visitor.ReadAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_used_link_is_dead_and_the_page_says_what_to_do()
    {
        using var visitor = new Visitor(Server);
        var token = await LinkAsync(Apprentice, TimeSpan.FromHours(1));
        await UseAsync(visitor, token, Good, Good);

        var again = await UseAsync(visitor, token, Good, Good);

        Assert.Equal(HttpStatusCode.Gone, again.StatusCode);
        Assert.Contains("sandbox-server people link NAME", await TextAsync(again), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_set_up_link_names_the_command_for_a_new_one()
    {
        using var visitor = new Visitor(Server);
        var token = await LinkAsync(Apprentice, TimeSpan.FromMinutes(30));
        Server.Time.Advance(TimeSpan.FromMinutes(31));

        var answer = await UseAsync(visitor, token, Good, Good, "/setup");

        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
        Assert.Contains("sandbox-server setup-link", await TextAsync(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("elevenchars", "at least 12 characters")]
    [InlineData("passwordpassword", "first that are guessed")]
    [InlineData("aaaaaaaaaaaaaa", "first that are guessed")]
    [InlineData("abcdefghijklmn", "first that are guessed")]
    [InlineData("elif-sandbox-1", "first that are guessed")]
    public async Task A_weak_password_is_refused_in_words_and_the_link_stays_good(string password, string words)
    {
        using var visitor = new Visitor(Server);
        var token = await LinkAsync(Apprentice, TimeSpan.FromHours(1));

        var refused = await UseAsync(visitor, token, password, password);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(words, await TextAsync(refused), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await UseAsync(visitor, token, Good, Good)).StatusCode);
    }

    [Fact]
    public async Task Two_passwords_that_differ_are_refused()
    {
        using var visitor = new Visitor(Server);

        var answer = await UseAsync(visitor, await LinkAsync(Apprentice, TimeSpan.FromHours(1)), Good, Good + "!");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_new_password_ends_the_sessions_of_the_one_before()
    {
        using var old = await AsApprenticeAsync();
        using var visitor = new Visitor(Server);
        await UseAsync(visitor, await LinkAsync(Apprentice, TimeSpan.FromHours(1)), Good, Good);

        Server.Time.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(HttpStatusCode.Redirect, (await old.GetAsync("/")).StatusCode);
    }

    [Theory]
    [InlineData(""), InlineData("zz"), InlineData("00000000000000000000000000000000"), InlineData("<script>alert(1)</script>")]
    public async Task A_token_that_was_never_made_is_dead(string token)
    {
        using var visitor = new Visitor(Server);

        Assert.Equal(HttpStatusCode.Gone, (await UseAsync(visitor, token, Good, Good)).StatusCode);
    }

    [Theory]
    [InlineData("/join"), InlineData("/setup")]
    public async Task A_dead_link_shows_no_form(string path)
    {
        using var visitor = new Visitor(Server);
        var token = await LinkAsync(Apprentice, TimeSpan.FromHours(1));
        await UseAsync(visitor, token, Good, Good);

        var answer = await visitor.SendFormOfAsync(path, path + "/check", ("token", token));

        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
        Assert.DoesNotContain("<form", await TextAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_good_link_passes_the_check_and_stays_good()
    {
        using var visitor = new Visitor(Server);
        var token = await LinkAsync(Apprentice, TimeSpan.FromHours(1));

        Assert.Equal(HttpStatusCode.NoContent, (await visitor.SendFormOfAsync("/join", "/join/check", ("token", token))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await UseAsync(visitor, token, Good, Good)).StatusCode);
    }

    [Fact]
    public async Task Once_an_admin_has_set_up_the_page_leads_to_the_sign_in()
    {
        await SeedAsync(lab => lab.PersonAsync("ada", "Ada Admin", Sandbox.Storage.People.Roles.Admin));
        using var visitor = new Visitor(Server);

        var page = await visitor.ReadAsync("/setup");

        Assert.Contains("set up already", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", page, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> UseAsync(Visitor visitor, string token, string password, string again, string path = "/join") =>
        visitor.SendFormAsync(path, ("token", token), ("displayName", "Neo Newcomer"), ("password", password), ("password2", again));

    private static Task<string> TextAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
