using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Sandbox.EndToEnd.Harness;

/// <summary>Chromium from Debian's package, driven by Playwright.</summary>
internal sealed partial class LabBrowser : IAsyncDisposable
{
    /// <summary>The password that the harness sets for the admin.</summary>
    public const string Password = "correct horse battery staple 7";

    // Chromium without its own windows' interface, which the whole browser renders beside each page.
    private const string Executable = "/usr/lib/chromium/chromium-headless-shell";

    // Without these, Chromium looks for its maker's hosts at every start. Root needs --no-sandbox.
    private static readonly string[] Flags =
        ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private LabBrowser(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    /// <summary>Starts it.</summary>
    public static async Task<LabBrowser> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        return new LabBrowser(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = Flags, Headless = true }));
    }

    /// <summary>A window that knows nobody yet. The lab's CA is unknown to it, as to any browser.</summary>
    public async Task<IPage> OpenAsync(BrowserNewContextOptions? options = null)
    {
        options ??= new();
        options.IgnoreHTTPSErrors = true;
        var context = await _browser.NewContextAsync(options);
        return await context.NewPageAsync();
    }

    /// <summary>Closes every window. One that is left open asks its server again and again, also when that has ended.</summary>
    public async Task CloseWindowsAsync()
    {
        foreach (var context in _browser.Contexts.ToArray()) await context.CloseAsync();
    }

    /// <summary>Sets the first admin up through the one-time link, signs in, and ends on the first page.</summary>
    public async Task<IPage> SignInAsync(Lab lab, CancellationToken ct)
    {
        var page = await OpenAsync();
        await SetUpAsync(page, lab, ct);
        await SignInAsync(page, lab);
        return page;
    }

    /// <summary>Fills in the set-up page.</summary>
    public static async Task SetUpAsync(IPage page, Lab lab, CancellationToken ct)
    {
        var token = Token().Match(await lab.AnswerAsync(ct, "setup-link")).Value;
        await page.GotoAsync($"{lab.Page}/setup{token}");
        await page.Locator("[name=displayName]").FillAsync("Ada Admin");
        await page.Locator("[name=password]").FillAsync(Password);
        await page.Locator("[name=password2]").FillAsync(Password);
        await page.Locator("form:has([name=password2]) [type=submit]").ClickAsync();
        await Assertions.Expect(page).Not.ToHaveURLAsync(new Regex("/setup"));
    }

    /// <summary>Takes a one-time link, chooses the password and signs in.</summary>
    /// <param name="page">The window.</param>
    /// <param name="lab">The lab.</param>
    /// <param name="answer">What the command said that made the link.</param>
    /// <param name="name">The name that others see.</param>
    public static async Task JoinAsync(IPage page, Lab lab, string answer, string name)
    {
        await page.GotoAsync($"{lab.Page}/join{Token().Match(answer).Value}");
        await page.Locator("[name=displayName]").FillAsync(name);
        await page.Locator("[name=password]").FillAsync(Password);
        await page.Locator("[name=password2]").FillAsync(Password);
        await page.Locator("form:has([name=password2]) [type=submit]").ClickAsync();
        await Assertions.Expect(page).Not.ToHaveURLAsync(new Regex("/join"));
    }

    /// <summary>Fills in the sign-in page; does nothing when set-up has signed in already.</summary>
    public static async Task SignInAsync(IPage page, Lab lab)
    {
        await page.GotoAsync(lab.Page + "/");
        if (!page.Url.Contains("/sign-in", StringComparison.Ordinal)) return;
        await page.Locator("[name=name]").FillAsync("admin");
        await page.Locator("[name=password]").FillAsync(Password);
        await page.Locator("form:has([name=password]) [type=submit]").ClickAsync();
        await Assertions.Expect(page).Not.ToHaveURLAsync(new Regex("/sign-in"));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    [GeneratedRegex("#[0-9a-f]{32}")]
    private static partial Regex Token();
}
