using Microsoft.Playwright;
using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Live;

/// <summary>A real machine comes in by a code from the page, which shows each step as it happens.</summary>
public sealed class EnrolOnPage(Chromium chromium) : WindowTest(chromium)
{
    private const int PatienceMs = 30_000;

    [Fact]
    public async Task A_machine_walks_all_steps_without_a_reload()
    {
        var page = await MakeCodeAsync();
        var agent = Lab.AddAgent("bench-7");

        _ = (await agent.EnrolAsync(await CodeAsync(page), Ct)).Worked;
        await StepAsync(page, "redeemed", "done");
        await StepAsync(page, "contact", "awaited");
        agent.Start();

        await StepAsync(page, "contact", "done");
        await StepAsync(page, "facts", "done");
        await StepAsync(page, "done", "done");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Open bench-7" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".qr")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_second_machine_with_the_same_code_is_named_on_the_page()
    {
        var page = await MakeCodeAsync();
        var code = await CodeAsync(page);
        _ = (await Lab.AddAgent("first").EnrolAsync(code, Ct)).Worked;

        var refused = await Lab.AddAgent("second").EnrolAsync(code, Ct);

        Assert.NotEqual(0, refused.ExitCode);
        await Assertions.Expect(page.GetByText("CODE_USED")).ToBeVisibleAsync(new() { Timeout = PatienceMs });
    }

    private static Task<string> CodeAsync(IPage page) => page.GetByRole(AriaRole.Group, new() { Name = "Join code", Exact = true }).InnerTextAsync();

    private static Task StepAsync(IPage page, string step, string state) =>
        Assertions.Expect(page.Locator($"[data-step={step}][data-state={state}]")).ToBeVisibleAsync(new() { Timeout = PatienceMs });

    private async Task<IPage> MakeCodeAsync()
    {
        var page = await Chromium.Browser.OpenAsync();
        await LabBrowser.SetUpAsync(page, Lab, Ct);
        await page.GotoAsync(Lab.Page + "/enrol");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a join code" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-live-state=live]")).ToBeVisibleAsync(new() { Timeout = PatienceMs });
        return page;
    }
}
