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

    // So many reports after its start are a flow. The longest wait of an agent between two tries is 75 s.
    private const int Flow = 5;
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(120);

    private readonly Chance _server = new(seed);
    private readonly Chance _agents = new(seed + 1);
    private int _serverKills;

    /// <summary>Edits one machine's files until the token ends it: so many times spread over all kills, and then on.</summary>
    public Task EditAsync(LabAgent agent, int edits, CancellationToken ct) =>
        Edits.MakeAsync(agent.Files, Math.Max(LeastPerGuest, edits / Guests), edit => _serverKills >= kills || edit * kills <= edits * (_serverKills + 1), ct);

    /// <summary>Kills the server again and again, each time in the midst of reports, and starts it again.</summary>
    public async Task KillServerAsync(CancellationToken ct)
    {
        for (; _serverKills < kills; _serverKills++)
        {
            // Agents whose server is away again and again wait longer and longer between tries: a kill before one of them is back would hit nothing.
            var stored = lab.Reports;
            await Patience.UntilAsync("Reports flow", LongestSilence, () => lab.Reports >= stored + Flow, ct);
            await _server.WaitAsync(0, 2000, ct);
            await lab.Server.KillAsync();
            await lab.StartServerAsync(ct);
        }
    }

    /// <summary>Kills one of the agents in each life of the server and starts it again.</summary>
    public async Task KillAgentsAsync(CancellationToken ct)
    {
        for (var kill = 0; kill < kills; kill++)
        {
            await Patience.UntilAsync("The server lives again", 2 * LongestSilence, () => _serverKills >= kill, ct);
            await _agents.WaitAsync(0, 1500, ct);
            var agent = agents[_agents.Number(0, agents.Count)];
            await agent.Process.KillAsync();
            agent.Start();
        }
    }
}
