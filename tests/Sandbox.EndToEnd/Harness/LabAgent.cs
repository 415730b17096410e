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
    public async Task<Outcome> EnrolAsync(string code, CancellationToken ct)
    {
        var program = keep(RunningProgram.Start($"{name}: enrol", Programs.Agent, code + "\n", ["enrol", "-", "--data", Data, "--name", name]));
        return new Outcome(await program.WaitForExitAsync(ct), program.Log);
    }

    /// <summary>Starts the agent.</summary>
    public void Start() => Process = keep(RunningProgram.Start($"{name}: agent", Programs.Agent, "run", "--data", Data, "--root", Files.Root));
}
