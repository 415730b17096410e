using Sandbox.EndToEnd.Harness;
using Sandbox.Evidence;
using Sandbox.Protocol;

namespace Sandbox.EndToEnd.Endurance;

/// <summary>Server and agents killed at random moments while reports flow, each of them that often.</summary>
public class RandomKills : LabTest
{
    private const int Machines = 5;
    private const int ReportsPerKill = 250;
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(90);

    [Fact]
    public Task Killed_at_random_everything_acknowledged_is_stored_once_and_in_order() => StormAsync(Chance.Seed(), Chance.Set("SANDBOX_KILLS") ?? 20);

    /// <summary>tests/run nightly</summary>
    [Fact(Explicit = true)]
    public Task Killed_at_random_for_hours_the_same_holds() => StormAsync(Chance.Seed(), kills: 500);

    private async Task StormAsync(int seed, int kills)
    {
        var reports = kills * ReportsPerKill;
        var agents = new List<LabAgent>();
        for (var machine = 1; machine <= Machines; machine++) agents.Add(await Lab.RunAgentAsync($"storm-{machine}", Ct));
        var storm = new Storm(Lab, agents, seed, kills);
        using var log = new WatchedLog(Lab);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var edits = agents.ConvertAll(agent => storm.EditAsync(agent, reports / Machines, enough.Token));

        var watching = log.WatchAsync(enough.Token);
        await Task.WhenAll(storm.KillServerAsync(Ct), storm.KillAgentsAsync(Ct));
        await Patience.UntilAsync($"{reports} reports are stored", Patient, () => Lab.Reports >= reports, Ct);
        await enough.CancelAsync();
        await Task.WhenAll([.. edits, watching]);

        await RestAsync(agents);
        var stored = await StoredLab.ReadAsync(Lab, Ct);
        foreach (var agent in agents) log.Keep(await File.ReadAllTextAsync(Path.Combine(agent.Data, "agent", "checkpoint"), Ct));
        TestContext.Current.TestOutputHelper?.WriteLine($"{stored.Reports.Count} reports, {stored.Transitions.Count} transitions, {log.Seen} checkpoints");
        // An acknowledged report that the server had lost would be a gap, since its agent has it no more, or a new epoch, since its spool goes on behind it.
        Assert.Empty(Wholeness.Faults(stored));
        Assert.Empty(stored.Gaps);
        Assert.Equal(Machines + 1, stored.Epochs.Count);
        Assert.Empty(await log.FaultsAsync(Ct));
        AssertLikeNeverKilled(stored);
    }

    // A machine that nobody ever killed shows what the others must have come to. They are killed once more, so that none of them waits a minute for its next try.
    private async Task RestAsync(IReadOnlyList<LabAgent> agents)
    {
        var untouched = Lab.AddAgent("untouched");
        foreach (var agent in agents.Append(untouched)) Calm.Put(agent.Files);
        _ = (await untouched.EnrolAsync(await Lab.JoinCodeAsync(Ct), Ct)).Worked;
        foreach (var agent in agents) await agent.Process.KillAsync();
        foreach (var agent in agents.Append(untouched)) agent.Start();
        await Calm.ArrivesAsync(Lab, Patient, Ct);
    }

    private static void AssertLikeNeverKilled(StoredLab stored)
    {
        var untouched = stored.Devices.Single(x => x.Name == "untouched").Id;
        foreach (var device in stored.Devices.Where(x => x.Id != untouched))
        {
            Assert.Equal(FactsOf(stored, untouched), FactsOf(stored, device.Id));
            Assert.Equal(VerdictsOf(stored, untouched), VerdictsOf(stored, device.Id));
        }
    }

    // All but what the agent says of itself, which differs from agent to agent.
    private static IEnumerable<Fact> FactsOf(StoredLab stored, DeviceId device) => stored.Facts
        .Where(x => x.DeviceId == device && x.Kind != Fact.AgentHealthFieldNumber).OrderBy(x => x.Kind).Select(x => Fact.Parser.ParseFrom(x.Bytes));

    private static IEnumerable<(string, string, Verdict, Severity, string, string?, string?, string)> VerdictsOf(StoredLab stored, DeviceId device) => stored.Findings
        .Where(x => x.DeviceId == device).OrderBy(x => x.Rule, StringComparer.Ordinal).ThenBy(x => x.Subject, StringComparer.Ordinal)
        .Select(x => (x.Rule, x.Subject, x.Verdict, x.Severity, x.Expected, x.Observed, x.Reason, x.Policy));
}
