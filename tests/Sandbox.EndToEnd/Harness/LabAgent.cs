using System.Text.Json;

namespace Sandbox.EndToEnd.Harness;

/// <summary>A machine of the lab: files of its own, and the real agent that reads them.</summary>
internal sealed class LabAgent(string name, string folder, Func<RunningProgram, RunningProgram> keep)
{
    /// <summary>What the machine calls itself.</summary>
    public string Name => name;

    /// <summary>The agent's data folder (--data).</summary>
    public string Data => Path.Combine(folder, "data");

    /// <summary>The agent's spool.</summary>
    public string Spool => Path.Combine(Data, "agent", "spool");

    /// <summary>The machine's files (--root).</summary>
    public MachineFiles Files { get; } = new(Path.Combine(folder, "root"));

    /// <summary>What stands before the agent's own command line, such as a command that runs it as another user. Empty: nothing.</summary>
    public IReadOnlyList<string> Launcher { get; set; } = [];

    /// <summary>The agent's executable.</summary>
    public string Program { get; init; } = Programs.Agent;

    /// <summary>The folder that stands for / (--root): the machine's files, unless set.</summary>
    public string? Root { get; set; }

    /// <summary>The agent's process, the latest one.</summary>
    public RunningProgram Process { get; private set; } = null!;

    /// <summary>The device id that the server gave it, 32 hexadecimal digits; only when enrolled.</summary>
    public string DeviceId
    {
        get
        {
            using var enrolment = JsonDocument.Parse(File.ReadAllText(Path.Combine(Data, "agent", "enrolment.json")));
            return enrolment.RootElement.EnumerateObject().First(entry => entry.Name.Equals("deviceId", StringComparison.OrdinalIgnoreCase)).Value.GetString()!;
        }
    }

    /// <summary>Redeems a join code, handed over on standard input.</summary>
    /// <param name="code">The code.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <param name="more">Further options.</param>
    public async Task<Outcome> EnrolAsync(string code, CancellationToken ct, params string[] more)
    {
        var program = Launch("enrol", code + "\n", ["enrol", "-", "--data", Data, "--name", name, .. more]);
        return new Outcome(await program.WaitForExitAsync(ct), program.Log);
    }

    /// <summary>Runs another command of the agent's program on this machine.</summary>
    public async Task<Outcome> CommandAsync(CancellationToken ct, params string[] arguments)
    {
        var program = Launch(arguments[0], null, [.. arguments, "--data", Data]);
        return new Outcome(await program.WaitForExitAsync(ct), program.Log);
    }

    /// <summary>Starts the agent.</summary>
    public void Start() => Process = Launch("agent", null, ["run", "--data", Data, "--root", Root ?? Files.Root, .. FaultSocket is null ? Array.Empty<string>() : ["--fault-helper", FaultSocket]]);

    /// <summary>Starts a helper for seeded faults on this machine's files, as root, which the agent asks from its next start on.</summary>
    public RunningProgram StartFaultHelper()
    {
        FaultSocket = Path.Combine(folder, "helper.sock");
        return keep(RunningProgram.Start($"{name}: helper", Programs.FaultHelper, "run", "--socket", FaultSocket, "--state", Path.Combine(folder, "undo"), "--root", Files.Root));
    }

    /// <summary>The helper's socket. Null: none was started.</summary>
    public string? FaultSocket { get; private set; }

    private RunningProgram Launch(string what, string? standardInput, params string[] arguments)
    {
        string[] line = [.. Launcher, Program, .. arguments];
        return keep(RunningProgram.Start($"{name}: {what}", line[0], standardInput, line[1..]));
    }
}
