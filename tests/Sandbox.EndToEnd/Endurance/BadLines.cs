using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Endurance;

/// <summary>Connections that are cut, delayed and half-closed in the midst of a stream.</summary>
public sealed class BadLines : LabTest
{
    private const int Machines = 3;

    // What the agent documents: 20 s for an acknowledgement, then at most a minute (give or take a quarter) to the next try, which takes 20 s at most.
    private static readonly TimeSpan LongestStall = TimeSpan.FromSeconds(20 + 75 + 20);

    [Fact]
    public Task Through_a_line_that_cuts_delays_and_half_closes_everything_arrives_once() => StormAsync(Chance.Seed(), harmsPerMachine: 4);

    /// <summary>tests/run nightly</summary>
    [Fact(Explicit = true)]
    public Task Through_such_a_line_for_long_the_same_holds() => StormAsync(Chance.Seed(), harmsPerMachine: 25);

    private async Task StormAsync(int seed, int harmsPerMachine)
    {
        var harms = Machines * harmsPerMachine;
        var chance = new Chance(seed);
        await using var line = new BadLine(Lab.AgentPort, [.. Enumerable.Range(0, harms).Select(_ => NextPlan(chance))]);
        var agents = new List<LabAgent>();
        for (var machine = 1; machine <= Machines; machine++) agents.Add(await AgentBehindAsync(line, $"far-{machine}"));
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var edits = agents.ConvertAll(agent => Edits.MakeAsync(agent.Files, _ => true, enough.Token));

        await Patience.UntilAsync("The line has done all its harm", harmsPerMachine * LongestStall, () => line.Done == harms, Ct);
        await enough.CancelAsync();
        await Task.WhenAll(edits);
        foreach (var agent in agents) Calm.Put(agent.Files);

        await Calm.ArrivesAsync(Lab, LongestStall, Ct);
        var stored = await StoredLab.ReadAsync(Lab, Ct);
        Assert.Empty(Wholeness.Faults(stored));
        Assert.Empty(stored.Gaps);
        Assert.Equal(Machines, stored.Epochs.Count);
    }

    private async Task<LabAgent> AgentBehindAsync(BadLine line, string name)
    {
        var agent = Lab.AddAgent(name);
        _ = (await agent.EnrolAsync(await Lab.JoinCodeAsync(Ct), Ct)).Worked;
        _ = (await agent.CommandAsync(Ct, "move", $"localhost:{line.Port}")).Worked;
        agent.Start();
        return agent;
    }

    // Every third line is slow, too.
    private static BadLine.Plan NextPlan(Chance chance) => new(
        (BadLine.Harm)chance.Number(0, 3), Milliseconds(chance, 50, 2500), chance.Number(0, 3) == 0 ? Milliseconds(chance, 20, 400) : TimeSpan.Zero);

    private static TimeSpan Milliseconds(Chance chance, int least, int end) => TimeSpan.FromMilliseconds(chance.Number(least, end));
}
