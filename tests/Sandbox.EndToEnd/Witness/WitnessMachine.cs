using Sandbox.EndToEnd.Harness;
using Sandbox.Ledger;

namespace Sandbox.EndToEnd.Witness;

/// <summary>An auditor's machine: <c>sandbox-server witness</c> on a folder of its own, which has nothing of the lab's server.</summary>
internal sealed class WitnessMachine : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();
    private readonly int _port = FreePorts.Two().One;
    private RunningProgram? _running;

    private WitnessMachine()
    {
    }

    /// <summary>The witness's verifier key.</summary>
    public WitnessVerifierKey Key { get; private set; } = null!;

    /// <summary>Where it is asked.</summary>
    public string Url => $"http://localhost:{_port}";

    /// <summary>Sets a witness of this lab's log up, starts it, and names it to the lab.</summary>
    public static async Task<WitnessMachine> OfAsync(Lab lab, string verifierKey, CancellationToken ct)
    {
        var machine = new WitnessMachine();
        var said = (await machine.CommandAsync(ct, "init", "--name", "auditor.example/witness", "--port", $"{machine._port}")).Worked;
        machine.Key = WitnessVerifierKey.Parse(said.Split('\n')[0]["verifier-key: ".Length..]);
        _ = (await machine.CommandAsync(ct, "watch", verifierKey)).Worked;
        await machine.StartAsync(ct);
        await lab.AnswerAsync(ct, "log", "witness", "add", machine.Url, machine.Key.ToString());
        return machine;
    }

    /// <summary>Starts it, as it was.</summary>
    public async Task StartAsync(CancellationToken ct)
    {
        _running = RunningProgram.Start("witness", Programs.Server, "witness", "run", "--data", _folder.Path);
        await Patience.UntilAsync("The witness listens", LongestStart, () => _running.Log.Contains("is asked on port", StringComparison.Ordinal), ct);
    }

    /// <summary>SIGKILL.</summary>
    public Task KillAsync() => _running!.KillAsync();

    /// <summary>Runs one of its commands.</summary>
    public async Task<Outcome> CommandAsync(CancellationToken ct, params string[] arguments)
    {
        await using var command = RunningProgram.Start("witness command", Programs.Server, ["witness", .. arguments, "--data", _folder.Path]);
        return new Outcome(await command.WaitForExitAsync(ct), command.Log);
    }

    public async ValueTask DisposeAsync()
    {
        if (_running is not null) await _running.DisposeAsync();
        _folder.Dispose();
    }
}
