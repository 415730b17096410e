using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sandbox.Tests.Dashboard;

namespace Sandbox.EndToEnd.Pages;

/// <summary>The tests that share one server with a seeded lab.</summary>
[CollectionDefinition(nameof(PagesLab))]
public sealed class PagesLab : ICollectionFixture<PagesServer>;

/// <summary>A test that looks at pages of the seeded lab.</summary>
[Collection(nameof(PagesLab))]
public abstract class PageTest(PagesServer server, Chromium chromium)
{
    private protected PagesServer Server => server;

    private protected Task<IPage> OpenAsync(string? session = null) => chromium.Browser.OpenAsync(new()
    {
        ViewportSize = new() { Width = 1440, Height = 900 }, ReducedMotion = ReducedMotion.Reduce, StorageState = session,
    });

    /// <summary>A window of a person who is signed in; one sign-in each serves all tests.</summary>
    private protected async Task<IPage> SignInAsync(string name = "admin")
    {
        if (!server.Sessions.TryGetValue(name, out var session)) server.Sessions[name] = session = await SignInOnceAsync(name);
        return await OpenAsync(session);
    }

    private async Task<string> SignInOnceAsync(string name)
    {
        var page = await OpenAsync();
        await page.GotoAsync($"{server.Url}/sign-in");
        await page.Locator("[name=name]").FillAsync(name);
        await page.Locator("[name=password]").FillAsync(LabSeed.Password);
        await page.Locator("form:has([name=password]) [type=submit]").ClickAsync();
        await Assertions.Expect(page).Not.ToHaveURLAsync(new Regex("/sign-in"));
        var session = await page.Context.StorageStateAsync();
        await page.Context.CloseAsync();
        return session;
    }

    /// <summary>Keeps a picture when somebody wants to look: set SANDBOX_SHOTS to a folder.</summary>
    private protected static async Task ShootAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SANDBOX_SHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }
}
