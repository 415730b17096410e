using System.Text.Json;
using Microsoft.Data.Sqlite;
using Sandbox.Server.Hosting;

namespace Sandbox.EndToEnd.Harness;

/// <summary>
/// One real server with a data folder of its own, and the agents that a test gives it. It keeps its data in SQLite, or where it is told:
/// <c>Lab.StartOnAsync(await cluster.CreateDatabaseAsync(ct), ct)</c> with a <see cref="PostgresCluster"/>. What <c>lab.Count(sql)</c> asks, it asks
/// of either; names of tables and columns need quotation marks for PostgreSQL.
/// </summary>
internal sealed class Lab : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);
    private const UnixFileMode Everybody = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly TemporaryFolder _folder = new();
    private readonly List<RunningProgram> _programs = [];

    private readonly string[] _serverLine;
    private string _host = "localhost";

    private Lab(string? store, string[] serverLine) => (Store, _serverLine) = (store, serverLine.Length == 0 ? [Programs.Server] : serverLine);

    /// <summary>What <c>--store</c> names. Null: nothing, so it is SQLite.</summary>
    public string? Store { get; }

    /// <summary>The server's data folder (--data).</summary>
    public string Data => _folder.At("lab");

    /// <summary>The database file; with SQLite only.</summary>
    public string Database => Path.Combine(Data, "server", "sandbox.db");

    /// <summary>Where the pages are, without a slash at the end.</summary>
    public string Page { get; private set; } = "";

    /// <summary>The port of the pages; 0 before the first start.</summary>
    public int WebPort { get; private set; }

    /// <summary>The port of the agents; 0 before the first start.</summary>
    public int AgentPort { get; private set; }

    /// <summary>The server's process, the latest one.</summary>
    public RunningProgram Server { get; private set; } = null!;

    /// <summary>What stands before the server's command line from its next start on. Empty: nothing.</summary>
    public IReadOnlyList<string> Launcher { get; set; } = [];

    /// <summary>What every process of this lab said, for a failure.</summary>
    public string Logs => string.Join("\n\n", _programs.Select(program => $"--- {program.Name} ---\n{program.Log}"));

    /// <summary>Starts a server on free ports.</summary>
    /// <param name="ct">Ends the wait.</param>
    /// <param name="serverLine">The program that serves, and what stands before its <c>run</c>. Empty: the server.</param>
    public static Task<Lab> StartAsync(CancellationToken ct, params string[] serverLine) => StartOnAsync(null, ct, serverLine);

    /// <summary>Starts a server on free ports that keeps its data where it is told.</summary>
    /// <param name="store">What <c>--store</c> is to name, such as <see cref="PostgresCluster.CreateDatabaseAsync"/> answers. Null: nothing.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <param name="serverLine">The program that serves, and what stands before its <c>run</c>. Empty: the server.</param>
    public static async Task<Lab> StartOnAsync(string? store, CancellationToken ct, params string[] serverLine)
    {
        var lab = new Lab(store, serverLine);
        try
        {
            await lab.StartServerAsync(ct);
            return lab;
        }
        catch (Exception fault) when (fault is TimeoutException or InvalidOperationException)
        {
            var logs = lab.Logs;
            await lab.DisposeAsync();
            throw new InvalidOperationException($"{fault.Message}\n{logs}", fault);
        }
    }

    /// <summary>Starts the server, again with the ports that it had, and waits until it listens.</summary>
    public async Task StartServerAsync(CancellationToken ct)
    {
        var ready = _folder.At("ready.json");
        File.Delete(ready);
        string[] line = [.. Launcher, .. _serverLine];
        Server = Keep(RunningProgram.Start("server", line[0],
            [.. line[1..], "run", "--data", Data, "--host", _host, "--web-port", $"{WebPort}", "--agent-port", $"{AgentPort}", "--ready-file", ready, .. StoreOption]));
        await Patience.UntilAsync("The server listens", LongestStart, () => Server.HasExited || Ready(ready), ct);
        if (Server.HasExited) throw new InvalidOperationException($"The server ended with exit code {Server.ExitCode}.");
    }

    /// <summary>Starts a server that others than this machine reach, under a name of theirs for it.</summary>
    public static async Task<Lab> StartAsAsync(string host, CancellationToken ct)
    {
        var lab = new Lab(null, []) { _host = host };
        await lab.StartServerAsync(ct);
        return lab;
    }

    /// <summary>Runs a command of the server's program beside the running server, on the same machine: with the same clock.</summary>
    public async Task<Outcome> CommandAsync(CancellationToken ct, params string[] arguments)
    {
        string[] line = [.. Launcher, Programs.Server];
        await using var command = RunningProgram.Start("command", line[0], [.. line[1..], .. arguments, "--data", Data]);
        return new Outcome(await command.WaitForExitAsync(ct), command.Log);
    }

    /// <summary>
    /// What such a command answers, for a test that is not about it: the command's code in this process, beside the running server just the same. A program
    /// of its own would take a second of processor time to start. Where commands have a clock of their own, it is the program.
    /// </summary>
    public async Task<string> AnswerAsync(CancellationToken ct, params string[] arguments)
    {
        if (Launcher.Count > 0) return (await CommandAsync(ct, arguments)).Worked;
        await using var said = new StringWriter();
        var code = await ServerProgram.RunAsync([.. arguments, "--data", Data], said, said, ct);
        // As when a program ends: nothing of this process keeps the database open.
        SqliteConnection.ClearAllPools();
        return new Outcome(code, said.ToString()).Worked;
    }

    /// <summary>A new join code; for the admin, who earns nothing, unless somebody else is named.</summary>
    public Task<string> JoinCodeAsync(CancellationToken ct, string person = "admin") => AnswerAsync(ct, "codes", "new", person, "--quiet");

    /// <summary>A machine that has an agent, not enrolled yet.</summary>
    /// <param name="name">What the machine calls itself.</param>
    /// <param name="program">The agent's executable. Null: the one that was built with the tests.</param>
    public LabAgent AddAgent(string name, string? program = null) => new(name, _folder.At(name), Keep) { Program = program ?? Programs.Agent };

    /// <summary>
    /// The same with an agent that runs as nobody. Somebody who is not root runs every agent as a plain user anyway.
    /// </summary>
    public LabAgent AddPlainAgent(string name)
    {
        if (!Environment.IsPrivilegedProcess) return AddAgent(name);
        // A checkout may lie where only root may go: nobody gets a copy of the program.
        var program = CopyOf(Path.GetDirectoryName(Programs.Agent)!, _folder.At("program"));
        File.SetUnixFileMode(_folder.Path, Everybody);
        Directory.CreateDirectory(_folder.At(name));
        File.SetUnixFileMode(_folder.At(name), Everybody | UnixFileMode.OtherWrite);
        return new LabAgent(name, _folder.At(name), Keep)
        {
            Launcher = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "/usr/bin/env", $"HOME={_folder.At(name)}"],
            Program = Path.Combine(program, Path.GetFileName(Programs.Agent)),
        };
    }

    /// <summary>A machine whose agent is enrolled and running.</summary>
    public async Task<LabAgent> RunAgentAsync(string name, CancellationToken ct)
    {
        var agent = AddAgent(name);
        _ = (await agent.EnrolAsync(await JoinCodeAsync(ct), ct)).Worked;
        agent.Start();
        return agent;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var program in Enumerable.Reverse(_programs)) await program.DisposeAsync();
        _folder.Dispose();
    }

    private static string CopyOf(string folder, string copy)
    {
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.GetFiles(folder)) File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        return copy;
    }

    private RunningProgram Keep(RunningProgram program)
    {
        lock (_programs) _programs.Add(program);
        return program;
    }

    private string[] StoreOption => Store is null ? [] : ["--store", Store];

    private bool Ready(string file)
    {
        if (!File.Exists(file)) return false;
        using var ready = JsonDocument.Parse(File.ReadAllText(file));
        WebPort = ready.RootElement.GetProperty("webPort").GetInt32();
        AgentPort = ready.RootElement.GetProperty("agentPort").GetInt32();
        Page = ready.RootElement.GetProperty("page").GetString()!.TrimEnd('/');
        return true;
    }
}
