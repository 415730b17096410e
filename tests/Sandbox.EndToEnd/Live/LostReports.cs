using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Live;

/// <summary>What a machine lost before it could be delivered stands on its page.</summary>
public sealed class LostReports(Chromium chromium) : WindowTest(chromium)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(80);

    [Fact]
    public async Task Reports_that_were_damaged_while_they_waited_are_a_gap_on_the_page()
    {
        var agent = await Lab.RunAgentAsync("bench-seven", Ct);
        await Patience.UntilAsync("The server knows the machine", Longest, () => Lab.MaxDays == 99999, Ct);
        await agent.Process.KillAsync();
        var newest = Directory.GetFiles(agent.Spool, "*.segment").Order(StringComparer.Ordinal).Last();
        await File.AppendAllBytesAsync(newest, [0x17, 0x2a, 0xff, 0x00, 0x01], Ct);

        agent.Start();

        var page = await DevicePage.OpenAsync(Chromium.Browser, Lab, agent, Ct);
        await DevicePage.ShowsAsync(page.Gaps, "the spool's files were damaged");
    }
}
