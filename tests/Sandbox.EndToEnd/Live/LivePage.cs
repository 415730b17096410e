namespace Sandbox.EndToEnd.Live;

/// <summary>What changes on a machine shows on a page that is open.</summary>
public sealed class LivePage(Chromium chromium) : WindowTest(chromium)
{
    [Fact]
    public async Task An_edit_of_login_defs_shows_on_the_open_page_without_a_reload()
    {
        var agent = await Lab.RunAgentAsync("bench-seven", Ct);
        var page = await DevicePage.OpenAsync(Chromium.Browser, Lab, agent, Ct);
        await DevicePage.ShowsAsync(page.MaxDays, "99,999");

        agent.Files.SetMaxDays(90);

        await DevicePage.ShowsAsync(page.MaxDays, "90");
        Assert.True(await page.IsSameDocumentAsync());
    }

    [Fact]
    public async Task The_finding_turns_with_the_setting_that_it_judges()
    {
        var agent = await Lab.RunAgentAsync("bench-seven", Ct);
        var page = await DevicePage.OpenAsync(Chromium.Browser, Lab, agent, Ct);
        await DevicePage.IsThereAsync(page.Finding("password.max_age_days", "fail"));

        agent.Files.SetMaxDays(90);

        await DevicePage.IsThereAsync(page.Finding("password.max_age_days", "pass"));
        Assert.True(await page.IsSameDocumentAsync());
    }
}
