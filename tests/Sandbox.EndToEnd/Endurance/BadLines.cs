using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Endurance;

/// <summary>
/// Connections that are cut, delayed and half-closed in the midst of a stream. A line ends at the server's front, so whether SQLite or PostgreSQL is
/// behind it makes no difference: once is enough.
/// </summary>
public sealed class BadLines : LabTest
{
    private const int Machines = 3;
    private const int EditsPerGuest = 50;

    // What the agent documents: 20 s for an acknowledgement, then at most a minute (give or take a quarter) to the next try, which takes 20 s at most.
    private static readonly TimeSpan LongestStall = TimeSpan.FromSeconds(20 + 75 + 20);

    [Fact]
    public Task Through_a_line_that_cuts_delays_and_half_closes_everything_arrives_once() => StormAsync(Chance.Seed(), harmsPerMachine: 4, harms: 3);

    /// <summary>tests/run nightly</summary>
    [Fact(Explicit = true)]
    public Task Through_such_a_line_for_long_the_same_holds() => StormAsync(Chance.Seed(), harmsPerMachine: 25, harms: 4);

    // Silence is the fourth harm: it takes a minute each time, so it stands in the long storm, and by itself in SilentLines.
    private async Task StormAsync(int seed, int harmsPerMachine, int harms)
    {
        var all = Machines * harmsPerMachine;
        var chance = new Chance(seed);
        await using var line = new BadLine(Lab.AgentPort, [.. Enumerable.Range(0, all).Select(_ => NextPlan(chance, harms))]);
        var agents = new List<LabAgent>();
        for (var machine = 1; machine <= Machines; machine++) agents.Add(await AgentBehindAsync(line, $"far-{machine}"));
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var edits = agents.ConvertAll(agent => Edits.MakeAsync(agent.Files, EditsPerGuest, _ => true, enough.Token));

        await Patience.UntilAsync("The line has done all its harm", harmsPerMachine * LongestStall, () => line.Done == all, Ct);
        await enough.CancelAsync();
        await Task.WhenAll(edits);
        foreach (var agent in agents) Calm.Put(agent.Files);

        await Calm.ArrivesAsync(Lab, LongestStall, Ct);
        var stored = await StoredLab.ReadAsync(Lab, Ct);
        Wholeness.AssertNone(Wholeness.Faults(stored));
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
    private static BadLine.Plan NextPlan(Chance chance, int harms) => new(
        (BadLine.Harm)chance.Number(0, harms), Milliseconds(chance, 50, 2500), chance.Number(0, 3) == 0 ? Milliseconds(chance, 20, 400) : TimeSpan.Zero);

    private static TimeSpan Milliseconds(Chance chance, int least, int end) => TimeSpan.FromMilliseconds(chance.Number(least, end));
}
