using System.Net;

namespace Sandbox.Tests.Dashboard;

public sealed class SignInTests : PagesTest
{
    [Theory]
    [InlineData("/"), InlineData("/devices"), InlineData("/refusals"), InlineData("/devices/00000000000000000000000000000001"), InlineData("/no-such-page")]
    public async Task Nobody_sees_a_page_without_a_session(string path)
    {
        using var visitor = new Visitor(Server);

        var answer = await visitor.GetAsync(path);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/sign-in", answer.Headers.Location!.AbsolutePath);
    }

    [Fact]
    public async Task The_event_stream_answers_401_without_a_session()
    {
        using var visitor = new Visitor(Server);

        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.GetAsync("/live")).StatusCode);
    }

    [Fact]
    public async Task The_session_cookie_is_bound_to_this_host_and_hidden_from_scripts()
    {
        using var visitor = await AsMentorAsync();

        var cookie = Assert.Single(visitor.LastCookies, line => line.StartsWith("__Host-sandbox=", StringComparison.Ordinal));
        Assert.Contains("secure; samesite=lax; httponly", cookie, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mara", "wrong wrong wrong"), InlineData("nobody", LabSeed.Password), InlineData("admin", ""), InlineData("", "")]
    public async Task A_wrong_name_and_a_wrong_password_get_the_same_answer(string name, string password)
    {
        using var visitor = new Visitor(Server);

        var answer = await visitor.SignInAsync(name, password);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("Name or password is wrong", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_right_one_out_for_ten_minutes()
    {
        using var visitor = new Visitor(Server);
        for (var i = 0; i < 5; i++) await visitor.SignInAsync("mara", "wrong wrong wrong");

        var locked = await visitor.SignInAsync("mara", LabSeed.Password);

        Assert.Equal(HttpStatusCode.Unauthorized, locked.StatusCode);
    }

    [Fact]
    public async Task The_eleventh_try_for_one_name_within_a_minute_is_slowed_down()
    {
        using var visitor = new Visitor(Server);
        for (var i = 0; i < 10; i++) await visitor.SignInAsync("nobody", "wrong wrong wrong");

        Assert.Equal(HttpStatusCode.TooManyRequests, (await visitor.SignInAsync("nobody", "x")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.SignInAsync("mara", LabSeed.Password)).StatusCode);
    }

    [Theory]
    [InlineData("/sign-in"), InlineData("/setup"), InlineData("/join"), InlineData("/sign-out")]
    public async Task A_form_without_its_antiforgery_token_is_refused(string path)
    {
        using var visitor = await AsMentorAsync();

        var answer = await visitor.SendBareFormAsync(path, ("name", "mara"), ("password", LabSeed.Password));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task After_signing_in_one_lands_where_one_wanted_to_go()
    {
        using var visitor = new Visitor(Server);

        var answer = await visitor.SignInAsync("mara", LabSeed.Password, "/sign-in?next=%2Fdevices%3Fstate%3Donline");

        Assert.Equal("/devices?state=online", answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("https%3A%2F%2Fevil.example"), InlineData("%2F%2Fevil.example"), InlineData("%2F%5Cevil.example")]
    public async Task Signing_in_never_leads_to_another_host(string next)
    {
        using var visitor = new Visitor(Server);

        var answer = await visitor.SignInAsync("mara", LabSeed.Password, $"/sign-in?next={next}");

        Assert.Equal("/", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Signing_out_takes_the_session_away()
    {
        using var visitor = await AsMentorAsync();

        await visitor.SendFormAsync("/sign-out");

        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync("/")).StatusCode);
    }
}
