using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Endurance;

/// <summary>A line on which nothing comes through any more and nobody is told, as when a cable is pulled: both ends find it out by themselves.</summary>
public sealed class SilentLines : LabTest
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    // What both document: the agent waits 20 s for an acknowledgement, or pings after 20 s and waits 10; the server pings after 30 s and waits 20.
    private static readonly TimeSpan AgentNotices = TimeSpan.FromSeconds(20 + 10 + 10);
    private static readonly TimeSpan ServerNotices = TimeSpan.FromSeconds(30 + 20 + 15);

    [Fact]
    public async Task Who_reports_and_who_is_idle_both_notice_as_the_server_does_and_everything_arrives_once()
    {
        // Each machine's first connection behind its line is its stream: one is in the midst of reports when it falls silent, on the other nothing is said.
        await using var busyLine = Silent();
        await using var idleLine = Silent();
        var busy = await AgentBehindAsync(busyLine, "busy");
        var idle = await AgentBehindAsync(idleLine, "idle");
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var edits = Edits.MakeAsync(busy.Files, int.MaxValue, _ => true, enough.Token);

        await Patience.UntilAsync("Both lines are silent", Soon, () => busyLine.Done + idleLine.Done == 2, Ct);
        await Patience.UntilAsync("The agents give their connections up", AgentNotices, () => busyLine.AgentsGaveUp + idleLine.AgentsGaveUp == 2, Ct);
        await Patience.UntilAsync("The server gives them up", ServerNotices, () => busyLine.ServersGaveUp + idleLine.ServersGaveUp == 2, Ct);
        await enough.CancelAsync();
        await edits;
        foreach (var agent in new[] { busy, idle }) Calm.Put(agent.Files);

        await Calm.ArrivesAsync(Lab, Soon, Ct);
        Assert.Contains("did not acknowledge within 20 s", busy.Process.Log, StringComparison.Ordinal);
        var stored = await StoredLab.ReadAsync(Lab, Ct);
        Wholeness.AssertNone(Wholeness.Faults(stored));
        Assert.Empty(stored.Gaps);
        Assert.Equal(2, stored.Epochs.Count);
    }

    private BadLine Silent() => new(Lab.AgentPort, [new BadLine.Plan(BadLine.Harm.Silence, TimeSpan.FromSeconds(5), TimeSpan.Zero)]);

    private async Task<LabAgent> AgentBehindAsync(BadLine line, string name)
    {
        var agent = Lab.AddAgent(name);
        _ = (await agent.EnrolAsync(await Lab.JoinCodeAsync(Ct), Ct)).Worked;
        _ = (await agent.CommandAsync(Ct, "move", $"localhost:{line.Port}")).Worked;
        agent.Start();
        return agent;
    }
}
