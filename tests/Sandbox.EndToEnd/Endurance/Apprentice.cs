using Sandbox.EndToEnd.Harness;
using Sandbox.Protocol;

namespace Sandbox.EndToEnd.Endurance;

/// <summary>Somebody whose machines earn: what the admin enrols earns nothing.</summary>
/// <param name="lab">Where she learns.</param>
internal sealed class Apprentice(Lab lab)
{
    private const string Name = "ada";

    private readonly List<LabAgent> _agents = [];

    /// <summary>Lets her join a lab.</summary>
    public static async Task<Apprentice> JoinAsync(Lab lab, CancellationToken ct)
    {
        _ = await lab.AnswerAsync(ct, "people", "add", Name, "--role", "apprentice");
        return new Apprentice(lab);
    }

    /// <summary>Starts the agents of more machines of hers, on which what edits mend is wrong at first.</summary>
    public async Task<IReadOnlyList<LabAgent>> RunAgentsAsync(CancellationToken ct, params IEnumerable<string> names)
    {
        var enrolling = new List<Task<LabAgent>>();
        foreach (var name in names)
        {
            var agent = lab.AddAgent(name);
            _agents.Add(agent);
            Edits.Prepare(agent.Files, _agents.Count);
            enrolling.Add(RunAsync(agent, await lab.JoinCodeAsync(ct, Name), ct));
        }
        return await Task.WhenAll(enrolling);
    }

    /// <summary>Waits until the server knows how her machines were at first: a mending that it never saw otherwise earns nothing.</summary>
    public Task KnownAsync(TimeSpan within, CancellationToken ct) => Patience.UntilAsync("The server knows how the machines were at first", within,
        () => lab.Count($"select count(*) from \"Facts\" where \"Kind\" in (-{Fact.AccountsFieldNumber}, -{Fact.PasswordPolicyFieldNumber})") == 2 * _agents.Count, ct);

    private static async Task<LabAgent> RunAsync(LabAgent agent, string code, CancellationToken ct)
    {
        _ = (await agent.EnrolAsync(code, ct)).Worked;
        agent.Start();
        return agent;
    }
}
