using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Endurance;

/// <summary>Server and agents killed at random moments while the reports and the evidence of an apprentice's machines flow, each of them that often.</summary>
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

    // Two edits make some three reports: one for the file, and now and then one for the sake of the machine's other facts.
    private async Task StormAsync(int seed, int kills)
    {
        var reports = kills * ReportsPerKill;
        var ada = await Apprentice.JoinAsync(Lab, Ct);
        var agents = await ada.RunAgentsAsync(Ct, Enumerable.Range(1, Machines).Select(machine => $"storm-{machine}"));
        // No edit before it, or a kill might take away what it was compared with.
        await ada.KnownAsync(Patient, Ct);
        var storm = new Storm(Lab, agents, seed, kills);
        using var log = new WatchedLog(Lab);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var edits = agents.Select(agent => storm.EditAsync(agent, reports * 2 / 3 / Machines, enough.Token)).ToList();

        var watching = log.WatchAsync(enough.Token);
        await Task.WhenAll(storm.KillServerAsync(Ct), storm.KillAgentsAsync(Ct));
        await Patience.UntilAsync($"{reports} reports are stored", Patient, () => Lab.Reports >= reports, Ct);
        await enough.CancelAsync();
        await Task.WhenAll([.. edits, watching]);

        await RestAsync(ada, agents);
        var stored = await StoredLab.ReadAsync(Lab, Ct);
        foreach (var agent in agents) log.Keep(await File.ReadAllTextAsync(Path.Combine(agent.Data, "agent", "checkpoint"), Ct));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{stored.Reports.Count} reports, {stored.Transitions.Count} transitions, {stored.Evidence.Count} pieces of evidence, {stored.Entries.Count} entries, {log.Seen} checkpoints");
        // An acknowledged report that the server had lost would be a gap, since its agent has it no more, or a new epoch, since its spool goes on behind it.
        Wholeness.AssertNone(Wholeness.Faults(stored));
        Assert.Empty(stored.Gaps);
        Assert.Equal(Machines + 1, stored.Epochs.Count);
        Wholeness.AssertNone(await log.FaultsAsync(Ct));
        Wholeness.AssertNone(await Unkilled.FaultsAsync(Lab, stored, Ct));
        Wholeness.AssertNone(LikeUntouched.Faults(stored));
        _ = (await Lab.CommandAsync(Ct, "log", "verify")).Worked;
    }

    // A machine that nobody ever killed shows what the others must have come to. They are killed once more, so that none of them waits a minute for its next try.
    private async Task RestAsync(Apprentice ada, IReadOnlyList<LabAgent> agents)
    {
        var untouched = (await ada.RunAgentsAsync(Ct, LikeUntouched.Name))[0];
        await ada.KnownAsync(Patient, Ct);
        foreach (var agent in agents.Append(untouched)) Calm.Put(agent.Files);
        foreach (var agent in agents) await agent.Process.KillAsync();
        foreach (var agent in agents) agent.Start();
        await Calm.ArrivesAsync(Lab, Patient, Ct);
    }
}
