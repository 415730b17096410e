using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Sandbox.Server.Live;

namespace Sandbox.EndToEnd.Pages;

/// <summary>A join code in a browser: copied, followed live, and gone when the page is loaded again.</summary>
public sealed class EnrolPages(PagesServer server, Chromium chromium) : PageTest(server, chromium)
{
    [Fact]
    public async Task The_code_is_gone_after_a_reload_and_no_second_one_is_made()
    {
        var page = await MakeAsync();
        var address = page.Url;

        await page.ReloadAsync();

        await Assertions.Expect(page.Locator("[data-step=redeemed][data-state=awaited]")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".qr")).ToHaveCountAsync(0);
        Assert.Equal(address, page.Url);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_button_copies_the_code()
    {
        var page = await MakeAsync();
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);

        await page.GetByRole(AriaRole.Button, new() { Name = "Copy: Join code" }).ClickAsync();

        await Assertions.Expect(page.GetByText("Copied")).ToBeVisibleAsync();
        var code = await page.GetByRole(AriaRole.Group, new() { Name = "Join code", Exact = true }).TextContentAsync();
        Assert.Equal(code, await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_step_shows_when_it_happens_and_the_code_stays_on_the_page()
    {
        var page = await MakeAsync();
        var id = Guid.Parse(page.Url[(page.Url.LastIndexOf('/') + 1)..]);
        await Assertions.Expect(page.Locator("[data-live-state=live]")).ToBeVisibleAsync();

        await Server.StoreAsync(db => db.Codes.Where(c => c.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(c => c.RedeemedAt, TimeProvider.System.GetUtcNow()).SetProperty(c => c.DeviceId, Server.Unheard.Id)));
        Server.Feed.Publish(new LiveEvent(Server.Unheard.Id, LiveChange.Device, TimeProvider.System.GetUtcNow()));

        await Assertions.Expect(page.Locator("[data-step=redeemed][data-state=done]")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".qr")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    private async Task<IPage> MakeAsync()
    {
        var page = await SignInAsync();
        await page.GotoAsync($"{Server.Url}/enrol");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a join code" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/enrol/.+-"));
        return page;
    }
}
