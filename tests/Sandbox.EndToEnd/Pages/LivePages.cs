using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sandbox.Server.Live;
using Sandbox.Tests.Dashboard;

namespace Sandbox.EndToEnd.Pages;

/// <summary>An open page changes by itself, and leaves alone what a person is doing on it.</summary>
public sealed class LivePages(PagesServer server, Chromium chromium) : PageTest(server, chromium)
{
    [Fact]
    public async Task A_changed_fact_shows_without_a_reload_and_keeps_an_open_fold()
    {
        var page = await OpenDeviceAsync();
        var fold = page.Locator("#accounts details", new() { HasText = "Accounts of the system" });
        await fold.Locator("summary").ClickAsync();
        await Assertions.Expect(Value(page)).ToHaveTextAsync("90 days");

        await ChangeAsync(30);

        await Assertions.Expect(Value(page)).ToHaveTextAsync("30 days");
        Assert.True(await fold.EvaluateAsync<bool>("details => details.open"));
        await ChangeAsync(90);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_focus_and_the_typed_text_stay_when_the_list_changes()
    {
        var page = await SignInAsync();
        await page.GotoAsync($"{Server.Url}/devices");
        await Assertions.Expect(page.Locator("[data-live-state=live]")).ToBeVisibleAsync();
        await page.Locator("#q").FillAsync("half a na");

        await page.RunAndWaitForResponseAsync(
            () =>
            {
                Server.Feed.Publish(new LiveEvent(Server.Healthy.Id, LiveChange.Facts, TimeProvider.System.GetUtcNow()));
                return Task.CompletedTask;
            },
            response => response.Url.EndsWith("/devices", StringComparison.Ordinal));

        await Assertions.Expect(page.Locator("#q")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("#q")).ToHaveValueAsync("half a na");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Signing_out_in_one_tab_sends_the_other_to_the_door()
    {
        var page = await OpenAsync();
        await page.GotoAsync($"{Server.Url}/sign-in");
        await page.Locator("[name=name]").FillAsync("elif");
        await page.Locator("[name=password]").FillAsync(LabSeed.Password);
        await page.Locator("[type=submit]").ClickAsync();
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync($"{Server.Url}/devices");
        await Assertions.Expect(other.Locator("[data-live-state=live]")).ToBeVisibleAsync();

        await page.Locator("details.me summary").ClickAsync();
        await page.Locator("form[action='/sign-out'] button").ClickAsync();

        await Assertions.Expect(other).ToHaveURLAsync(new Regex("/sign-in"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_chosen_theme_is_there_before_the_next_page_is_painted()
    {
        var page = await SignInAsync();
        await page.GotoAsync(Server.Url + "/");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });

        await page.Locator("[data-theme-toggle]").ClickAsync();
        await page.ReloadAsync(new() { WaitUntil = WaitUntilState.Commit });

        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_first_load_stays_below_80_kilobytes_and_loads_nothing_from_elsewhere()
    {
        var page = await SignInAsync();
        var finished = new ConcurrentQueue<IRequest>();
        page.RequestFinished += (_, request) => finished.Enqueue(request);

        await page.GotoAsync(Server.Url + "/", new() { WaitUntil = WaitUntilState.Load });

        IRequest[] requests = [.. finished];
        var sizes = await Task.WhenAll(requests.Where(r => !r.Url.Contains("/live?", StringComparison.Ordinal)).Select(r => r.SizesAsync()));
        TestContext.Current.TestOutputHelper?.WriteLine($"first load: {sizes.Sum(s => s.ResponseBodySize)} bytes in {sizes.Length} requests");
        Assert.InRange(sizes.Sum(s => s.ResponseBodySize), 1, 80_000);
        Assert.All(requests, request => Assert.StartsWith(Server.Url, request.Url, StringComparison.Ordinal));
        await page.Context.CloseAsync();
    }

    private static ILocator Value(IPage page) => page.Locator("[data-fact='password_policy.default_max_age_days']");

    private async Task<IPage> OpenDeviceAsync()
    {
        var page = await SignInAsync();
        await page.GotoAsync($"{Server.Url}/devices/{Server.Healthy.Id}");
        await Assertions.Expect(page.Locator("[data-live-state=live]")).ToBeVisibleAsync();
        return page;
    }

    private async Task ChangeAsync(int days)
    {
        await Server.InStoreAsync(lab => lab.FactsAsync(Server.Healthy, SampleFacts.Policy(maxAge: days)));
        Server.Feed.Publish(new LiveEvent(Server.Healthy.Id, LiveChange.Facts, TimeProvider.System.GetUtcNow()));
    }
}
