using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sandbox.Tests.Dashboard;

namespace Sandbox.EndToEnd.Pages;

/// <summary>Everything can be reached without a mouse.</summary>
public sealed class KeyboardOnly(PagesServer server, Chromium chromium) : PageTest(server, chromium)
{
    [Fact]
    public async Task Signing_in_needs_no_mouse()
    {
        var page = await OpenAsync();
        await page.GotoAsync($"{Server.Url}/sign-in");

        await TabToAsync(page, "[name=name]");
        await page.Keyboard.TypeAsync("admin");
        await TabToAsync(page, "[name=password]");
        await page.Keyboard.TypeAsync(LabSeed.Password);
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Lab overview" })).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_first_stop_of_a_page_leads_to_its_content()
    {
        var page = await SignInAsync();
        await page.GotoAsync($"{Server.Url}/devices");

        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator("a.skip")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page).ToHaveURLAsync(new Regex("#main$"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_device_is_reached_and_its_folds_open_by_keys_alone()
    {
        var page = await SignInAsync();
        await page.GotoAsync($"{Server.Url}/devices");

        await TabToAsync(page, "tr[data-device] a");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/devices/"));
        await Assertions.Expect(page.Locator("[data-live-state=live]")).ToBeVisibleAsync();
        await TabToAsync(page, "#password-policy summary, #accounts summary, main summary");
        await page.Keyboard.PressAsync("Enter");

        Assert.True(await page.EvaluateAsync<bool>("document.activeElement.parentElement.open"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_join_code_is_made_and_withdrawn_by_keys_alone()
    {
        var page = await SignInAsync();
        await page.GotoAsync($"{Server.Url}/enrol");

        await TabToAsync(page, "form.line-form button");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".qr")).ToBeVisibleAsync();
        await TabToAsync(page, "form[action$='/withdraw'] button");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator("[data-step=redeemed][data-state=failed]")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_decision_about_a_person_is_opened_by_keys_alone()
    {
        var page = await SignInAsync();
        await page.GotoAsync($"{Server.Url}/people/{Server.Troubled.OwnerId}");

        await TabToAsync(page, "details.confirm:last-of-type summary");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Lock .* out$") })).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    // What has the focus shows it, at every stop on the way.
    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var stop = 0; stop < 60; stop++)
        {
            await page.Keyboard.PressAsync("Tab");
            var outlined = await page.EvaluateAsync<bool>("getComputedStyle(document.activeElement).outlineStyle !== 'none' || document.activeElement === document.body");
            Assert.True(outlined, await page.EvaluateAsync<string>("document.activeElement.outerHTML.slice(0, 200)"));
            if (await page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector)) return;
        }

        Assert.Fail($"60 stops did not lead to {selector}.");
    }
}
