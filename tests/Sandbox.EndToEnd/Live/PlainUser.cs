namespace Sandbox.EndToEnd.Live;

/// <summary>An agent without root's rights says what it cannot see, instead of nothing or 0.</summary>
public sealed class PlainUser(Chromium chromium) : WindowTest(chromium)
{
    [Fact]
    public async Task The_page_names_the_file_that_the_agent_may_not_read()
    {
        var agent = Lab.AddPlainAgent("plain");
        File.SetUnixFileMode(Path.Combine(agent.Files.Root, "etc/shadow"), UnixFileMode.None);
        _ = (await agent.EnrolAsync(await Lab.JoinCodeAsync(Ct), Ct)).Worked;
        agent.Start();

        var page = await DevicePage.OpenAsync(Chromium.Browser, Lab, agent, Ct);

        await DevicePage.ShowsAsync(page.MaxDays, "99,999");
        await DevicePage.ShowsAsync(page.Everything, "/etc/shadow");
        await DevicePage.ShowsAsync(page.Everything, "permission denied");
    }
}
