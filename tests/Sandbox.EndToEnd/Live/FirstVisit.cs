using Microsoft.Playwright;
using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Live;

/// <summary>The first admin's way in, through the real pages.</summary>
public sealed class FirstVisit(Chromium chromium) : WindowTest(chromium)
{
    [Fact]
    public async Task The_set_up_link_opens_the_first_account_and_its_password_signs_in()
    {
        var first = await Chromium.Browser.OpenAsync();
        await LabBrowser.SetUpAsync(first, Lab, Ct);
        var second = await Chromium.Browser.OpenAsync();

        await LabBrowser.SignInAsync(second, Lab);

        await Assertions.Expect(second.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Lab overview");
    }

    [Fact]
    public async Task Once_an_admin_has_set_up_there_are_no_more_set_up_links()
    {
        var page = await Chromium.Browser.OpenAsync();
        await LabBrowser.SetUpAsync(page, Lab, Ct);

        var refused = await Lab.CommandAsync(Ct, "setup-link");

        Assert.NotEqual(0, refused.ExitCode);
        Assert.DoesNotContain("/setup#", refused.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_lets_nobody_in()
    {
        var page = await Chromium.Browser.OpenAsync();
        await LabBrowser.SetUpAsync(page, Lab, Ct);
        var visitor = await Chromium.Browser.OpenAsync();
        await visitor.GotoAsync(Lab.Page + "/sign-in");
        await visitor.Locator("[name=name]").FillAsync("admin");
        await visitor.Locator("[name=password]").FillAsync("not the password at all");

        await visitor.Locator("form:has([name=password]) [type=submit]").ClickAsync();

        await Assertions.Expect(visitor.Locator("[role=alert]")).ToBeVisibleAsync();
        await visitor.GotoAsync(Lab.Page + "/devices");
        Assert.Contains("/sign-in", visitor.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/"), InlineData("/devices")]
    public async Task Every_page_asks_a_stranger_to_sign_in(string path)
    {
        var page = await Chromium.Browser.OpenAsync();

        await page.GotoAsync(Lab.Page + path);

        Assert.Contains("/sign-in", page.Url, StringComparison.Ordinal);
    }
}
