using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Endurance;

/// <summary>Whatever is killed or torn: nothing is lost, and nothing is counted twice.</summary>
public sealed class Crashes : LabTest
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    // The agent waits up to a minute between tries.
    private static readonly TimeSpan Retries = TimeSpan.FromSeconds(75);

    [Fact]
    public async Task A_torn_spool_loses_no_whole_report_and_says_that_it_was_torn()
    {
        var agent = await ReportingAsync();
        await Lab.Server.KillAsync();
        await ChangeAsync(agent, 30, 60, 90);
        await agent.Process.KillAsync();
        await File.AppendAllBytesAsync(NewestSegment(agent), [0x17, 0x2a, 0xff, 0x00, 0x01], Ct);

        await Lab.StartServerAsync(Ct);
        agent.Start();

        await StoredAsync(90, Retries);
        Assert.Equal(0, Lab.LostOrTwice);
        await Patience.UntilAsync("The damage shows as a gap", Soon, () => Lab.Count("select count(*) from Gaps where FirstSequence is null") == 1, Ct);
    }

    [Fact]
    public async Task A_killed_server_gets_everything_that_happened_while_it_was_away_once()
    {
        var agent = await ReportingAsync();
        await Lab.Server.KillAsync();
        await ChangeAsync(agent, 30, 60, 90);

        await Lab.StartServerAsync(Ct);

        await StoredAsync(90, Retries);
        Assert.Equal(0, Lab.LostOrTwice);
        Assert.Equal(0, Lab.Count("select count(*) from Gaps"));
    }

    [Fact]
    public async Task A_killed_agent_goes_on_where_it_was()
    {
        var agent = await ReportingAsync();
        await ChangeAsync(agent, 30);
        await agent.Process.KillAsync();
        agent.Files.SetMaxDays(60);

        agent.Start();

        await StoredAsync(60, Soon);
        Assert.Equal(0, Lab.LostOrTwice);
        Assert.Equal(1, Lab.Count("select count(*) from Epochs"));
    }

    [Fact]
    public async Task A_server_killed_again_and_again_under_load_loses_nothing()
    {
        var agent = await ReportingAsync();

        for (var round = 1; round <= 3; round++)
        {
            await ChangeAsync(agent, (100 * round) + 1, (100 * round) + 2);
            await Lab.Server.KillAsync();
            agent.Files.SetMaxDays((100 * round) + 3);
            await Lab.StartServerAsync(Ct);
        }

        await StoredAsync(303, Retries);
        Assert.Equal(0, Lab.LostOrTwice);
    }

    private async Task<LabAgent> ReportingAsync()
    {
        var agent = await Lab.RunAgentAsync("bench-seven", Ct);
        await StoredAsync(99999, Soon);
        return agent;
    }

    // Each change gets the time to become a report of its own.
    private static async Task ChangeAsync(LabAgent agent, params int[] days)
    {
        foreach (var value in days)
        {
            agent.Files.SetMaxDays(value);
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Ct);
        }
    }

    private Task StoredAsync(long days, TimeSpan within) => Patience.UntilAsync($"{days} days are stored", within, () => Lab.MaxDays == days, Ct);

    private static string NewestSegment(LabAgent agent) => Directory.GetFiles(agent.Spool, "*.segment").Order(StringComparer.Ordinal).Last();
}
