using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Endurance;

/// <summary>
/// Machines whose files change many times a second under real agents, and somebody who kills the server and the agents at random moments. The
/// agents themselves are the load: each edit wakes a collector and becomes a report in the spool, so a kill may fall anywhere on that way.
/// </summary>
/// <param name="lab">Server and store.</param>
/// <param name="agents">Running agents.</param>
/// <param name="seed">Decides when whom.</param>
/// <param name="kills">How often the server is killed, and how often one of the agents.</param>
internal sealed class Storm(Lab lab, IReadOnlyList<LabAgent> agents, int seed, int kills)
{
    // A day's evidence of a device is bounded by 100 pieces: this is less, over the whole storm. And guests are no more than one in eleven edits.
    private const int Guests = 80;
    private const int LeastPerGuest = 11;

    private readonly Chance _server = new(seed);
    private readonly Chance _agents = new(seed + 1);
    private int _serverKills;

    /// <summary>Edits one machine's files until the token ends it: so many times spread over all kills, and then on.</summary>
    public Task EditAsync(LabAgent agent, int edits, CancellationToken ct) =>
        Edits.MakeAsync(agent.Files, Math.Max(LeastPerGuest, edits / Guests), edit => _serverKills >= kills || edit * kills <= edits * (_serverKills + 1), ct);

    /// <summary>Kills the server again and again and starts it again each time.</summary>
    public async Task KillServerAsync(CancellationToken ct)
    {
        for (; _serverKills < kills; _serverKills++)
        {
            await _server.WaitAsync(100, 2000, ct);
            await lab.Server.KillAsync();
            await lab.StartServerAsync(ct);
        }
    }

    /// <summary>Kills one of the agents again and again and starts it each time.</summary>
    public async Task KillAgentsAsync(CancellationToken ct)
    {
        for (var kill = 0; kill < kills; kill++)
        {
            await _agents.WaitAsync(100, 4000, ct);
            var agent = agents[_agents.Number(0, agents.Count)];
            await agent.Process.KillAsync();
            agent.Start();
        }
    }
}
