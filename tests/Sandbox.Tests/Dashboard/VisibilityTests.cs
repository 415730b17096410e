using System.Net;
using Sandbox.Server.Live;

namespace Sandbox.Tests.Dashboard;

/// <summary>An apprentice sees the own devices and nothing of others, on no page and no stream.</summary>
public sealed class VisibilityTests : PagesTest
{
    [Theory]
    [InlineData("/"), InlineData("/devices"), InlineData("/devices?q=of-mara"), InlineData("/devices?state=offline")]
    public async Task An_apprentice_finds_no_device_of_others_in_a_list(string path)
    {
        await DeviceAsync("of-mara", Mentor);
        await DeviceAsync("of-elif", Apprentice);
        using var apprentice = await AsApprenticeAsync();

        Assert.DoesNotContain("/devices/", (await apprentice.ReadAsync(path)).Replace(await OwnRowAsync(apprentice), "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/devices/{0}"), InlineData("/devices/{0}/software"), InlineData("/live?device={0}"), InlineData("/live/traffic?device={0}")]
    public async Task An_apprentice_gets_404_for_a_device_of_others(string path)
    {
        var other = await DeviceAsync("of-mara", Mentor);
        using var apprentice = await AsApprenticeAsync();

        var answer = await apprentice.GetAsync(path.Replace("{0}", other.Id.ToString(), StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("/devices/{0}"), InlineData("/devices/{0}/software")]
    public async Task An_apprentice_sees_the_own_device(string path)
    {
        var own = await DeviceAsync("of-elif", Apprentice);
        using var apprentice = await AsApprenticeAsync();

        Assert.Contains("of-elif", await apprentice.ReadAsync(path.Replace("{0}", own.Id.ToString(), StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_apprentice_may_not_see_what_was_turned_away()
    {
        using var apprentice = await AsApprenticeAsync();

        var answer = await apprentice.GetAsync("/refusals");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("Not for your role", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mentor_sees_the_devices_of_all()
    {
        await DeviceAsync("of-elif", Apprentice);
        using var mentor = await AsMentorAsync();

        Assert.Contains("of-elif", await mentor.ReadAsync("/devices"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_apprentices_stream_is_silent_about_devices_of_others()
    {
        var other = await DeviceAsync("of-mara", Mentor);
        var own = await DeviceAsync("of-elif", Apprentice);
        using var apprentice = await AsApprenticeAsync();
        using var stream = await apprentice.OpenStreamAsync("/live");
        Assert.Equal("event: hello", await stream.ReadLineAsync(TestContext.Current.CancellationToken));

        Feed.Publish(new LiveEvent(other.Id, LiveChange.Seen, Server.Time.GetUtcNow()));
        Feed.Publish(new LiveEvent(own.Id, LiveChange.Facts, Server.Time.GetUtcNow()));

        await stream.ReadLineAsync(TestContext.Current.CancellationToken);
        await stream.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.Equal("event: change", await stream.ReadLineAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("", false), InlineData("&about=log", true)]
    public async Task A_page_of_a_device_hears_of_the_log_only_when_it_shows_what_became_of_an_entry(string more, bool hears)
    {
        var own = await DeviceAsync("of-elif", Apprentice);
        using var apprentice = await AsApprenticeAsync();
        using var stream = await apprentice.OpenStreamAsync($"/live?device={own.Id}{more}");
        Assert.Equal("event: hello", await stream.ReadLineAsync(TestContext.Current.CancellationToken));

        Feed.Publish(new LiveEvent(null, LiveChange.Log, Server.Time.GetUtcNow()));
        if (!hears) Feed.Publish(new LiveEvent(own.Id, LiveChange.Seen, Server.Time.GetUtcNow()));

        await stream.ReadLineAsync(TestContext.Current.CancellationToken);
        await stream.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.Equal(hears ? "event: change" : "event: seen", await stream.ReadLineAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Signing_out_ends_the_sessions_stream()
    {
        using var mentor = await AsMentorAsync();
        using var stream = await mentor.OpenStreamAsync("/live");
        await stream.ReadLineAsync(TestContext.Current.CancellationToken);

        await mentor.SendFormAsync("/sign-out");

        Assert.EndsWith("\n", await stream.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private async Task<string> OwnRowAsync(Visitor visitor)
    {
        var own = await Server.InStoreAsync(db => Task.FromResult(db.Devices.Single(d => d.Name == "of-elif")));
        await visitor.ReadAsync("/devices");
        return $"/devices/{own.Id}";
    }
}
