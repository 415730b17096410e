using Microsoft.Playwright;
using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd;

/// <summary>The page of one device, as the admin sees it.</summary>
internal sealed class DevicePage
{
    /// <summary>Longest time until something that was committed shows.</summary>
    private const float LongestWait = 15_000;

    private readonly IPage _page;

    private DevicePage(IPage page) => _page = page;

    /// <summary>The age at which new accounts must change their password: what most tests here change.</summary>
    public ILocator MaxDays => Fact("password_policy.default_max_age_days");

    /// <summary>Signs in and opens it.</summary>
    public static async Task<DevicePage> OpenAsync(LabBrowser browser, Lab lab, LabAgent agent, CancellationToken ct)
    {
        var page = await browser.SignInAsync(lab, ct);
        await page.GotoAsync($"{lab.Page}/devices/{agent.DeviceId}");
        // A page that is fetched anew forgets this.
        await page.EvaluateAsync("() => { window.sameDocument = true; }");
        return new DevicePage(page);
    }

    /// <summary>The cell of a fact.</summary>
    public ILocator Fact(string path) => _page.Locator($"[data-fact=\"{path}\"]").First;

    /// <summary>The row of a device-wide finding with a verdict.</summary>
    public ILocator Finding(string rule, string verdict) => _page.Locator($"tr[data-rule=\"{rule}\"][data-subject=\"\"][data-verdict=\"{verdict}\"]");

    /// <summary>What is known to be missing.</summary>
    public ILocator Gaps => _page.Locator("#gaps");

    /// <summary>All of its words.</summary>
    public ILocator Everything => _page.Locator("main");

    /// <summary>Waits until a place shows a text.</summary>
    public static Task ShowsAsync(ILocator place, string text) =>
        Assertions.Expect(place).ToContainTextAsync(text, new() { Timeout = LongestWait });

    /// <summary>Waits until something is there.</summary>
    public static Task IsThereAsync(ILocator place) => Assertions.Expect(place).ToBeVisibleAsync(new() { Timeout = LongestWait });

    /// <summary>Whether it is still the document that was opened.</summary>
    public Task<bool> IsSameDocumentAsync() => _page.EvaluateAsync<bool>("() => window.sameDocument === true");
}
