using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Deploy;

/// <summary>deploy/up from its start to its end. The first of these also waits for a whole build.</summary>
public sealed class UpLifecycle : IAsyncDisposable
{
    private static readonly TimeSpan LongestBuild = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(40);
    private readonly TemporaryFolder _folder = new();
    private (int Web, int Agent) _ports = FreePorts.Two();
    private readonly List<RunningProgram> _runs = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var run in _runs) await run.StopAsync(LongestStop);
        _folder.Dispose();
    }

    [Fact]
    public async Task The_smoke_test_goes_from_nothing_to_this_machines_facts_and_leaves_nothing()
    {
        var smoke = Keep(RunningProgram.Start("deploy/up", "/usr/bin/env", $"TMPDIR={_folder.Path}", Script, "--smoke"));

        var code = await smoke.WaitForExitAsync(Ct);

        Assert.True(code == 0, smoke.Log);
        Assert.Contains("Smoke test passed", smoke.Log, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(_folder.Path, "sandbox-smoke.*"));
    }

    [Fact]
    public async Task Asked_to_stop_it_ends_both_programs_and_well()
    {
        var up = await StartedAsync();
        var programs = Processes();

        await up.StopAsync(LongestStop);

        Assert.True(up.ExitCode == 0, up.Log);
        Assert.Contains("Stopped.", up.Log, StringComparison.Ordinal);
        Assert.All(programs, program => Assert.False(Directory.Exists($"/proc/{program}")));
    }

    [Fact]
    public async Task Run_again_it_starts_with_what_is_there()
    {
        var first = await StartedAsync();
        var pin = Line(first, "CA pin");
        await first.StopAsync(LongestStop);

        var second = await StartedAsync();

        Assert.Contains("This machine is enrolled already.", second.Log, StringComparison.Ordinal);
        Assert.Contains("Built already", second.Log, StringComparison.Ordinal);
        Assert.Equal(pin, Line(second, "CA pin"));
    }

    [Fact, Nightly]
    public async Task Run_again_after_a_source_was_touched_it_builds_again()
    {
        var first = await StartedAsync();
        await first.StopAsync(LongestStop);
        var source = Path.Combine(Programs.Repository, "agent/README.md");
        File.SetUnixFileMode(source, File.GetUnixFileMode(source));

        var second = await StartedAsync();

        Assert.Contains("Building server", second.Log, StringComparison.Ordinal);
    }

    [Fact, Nightly]
    public async Task Run_again_on_another_agent_port_it_takes_this_machines_agent_along()
    {
        var first = await StartedAsync();
        await first.StopAsync(LongestStop);
        _ports = FreePorts.Two();

        var second = await StartedAsync();

        Assert.Contains($"The server is at localhost:{_ports.Agent} from now on", second.Log, StringComparison.Ordinal);
        var agent = Path.Combine(_folder.Path, "bin/sandbox-agent");
        await Patience.UntilAsync(
            "the agent reports at the new address",
            TimeSpan.FromSeconds(60),
            async () => await RunningProgram.Start("status", agent, "status", "--data", _folder.Path).WaitForExitAsync(Ct) == 0,
            Ct);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_something_to_put_right_and_the_servers_own_words_say_what()
    {
        var up = Up("--data", _folder.Path, "--web-port", $"{_ports.Web}", "--agent-port", $"{_ports.Agent}", "--store", $"postgresql://sandbox@127.0.0.1:{FreePorts.Two().One}/sandbox");

        Assert.Equal(2, await up.WaitForExitAsync(Ct));
        Assert.Contains("PostgreSQL does not answer", up.Log, StringComparison.Ordinal);
        Assert.Contains("put that right first", up.Log, StringComparison.Ordinal);
    }

    [Fact, Nightly]
    public async Task Run_beside_itself_it_refuses_and_says_how_to_stop_the_first()
    {
        var first = await StartedAsync();

        // The second must leave alone what the third needs in order to say so.
        for (var again = 0; again < 2; again++)
        {
            var other = Up("--data", _folder.Path, "--web-port", $"{_ports.Web}", "--agent-port", $"{_ports.Agent}");

            Assert.Equal(2, await other.WaitForExitAsync(Ct));
            Assert.Contains($"or type: kill {first.Id}", other.Log, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task When_the_server_dies_it_says_so_stops_the_agent_and_fails()
    {
        var up = await StartedAsync();
        var programs = Processes();
        Signals.Kill(programs[1]);

        var code = await up.WaitForExitAsync(Ct);

        Assert.Equal(1, code);
        Assert.Contains("The server stopped by itself (exit code 137)", up.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("processes.sh", up.Log, StringComparison.Ordinal);
        Assert.All(programs, program => Assert.False(Directory.Exists($"/proc/{program}")));
    }

    [Fact]
    public async Task When_the_agent_dies_the_server_goes_on_and_what_is_said_to_be_typed_starts_the_agent_again()
    {
        var up = await StartedAsync();
        var programs = Processes();
        Signals.Kill(programs[2]);
        await Patience.UntilAsync("it says so", LongestStop, () => up.HasExited || up.Log.Contains("run deploy/up again", StringComparison.Ordinal), Ct);

        var agent = Path.Combine(_folder.Path, "bin/sandbox-agent");
        Assert.Contains($"The server goes on. To start the agent again, type in another window: {agent} run --data {_folder.Path}", up.Log, StringComparison.Ordinal);
        Assert.Contains("The agent of this machine stopped by itself (exit code 137)", up.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("processes.sh", up.Log, StringComparison.Ordinal);
        Assert.Equal(programs[..2], Processes());
        Assert.Contains($"does not run. Type: {agent} run --data {_folder.Path}", await StatusAsync(agent), StringComparison.Ordinal);
        _ = Keep(RunningProgram.Start("agent", agent, "run", "--data", _folder.Path));
        await Patience.UntilAsync("the agent reports again", TimeSpan.FromSeconds(60), async () => (await StatusAsync(agent)).Contains("Connected        since", StringComparison.Ordinal), Ct);
    }

    [Fact, Nightly]
    public async Task When_the_server_dies_after_the_agent_all_ends()
    {
        var up = await StartedAsync();
        var programs = Processes();
        Signals.Kill(programs[2]);
        await Patience.UntilAsync("it says so", LongestStop, () => up.HasExited || up.Log.Contains("run deploy/up again", StringComparison.Ordinal), Ct);
        Signals.Kill(programs[1]);

        Assert.Equal(1, await up.WaitForExitAsync(Ct));
        Assert.Contains("The server stopped by itself (exit code 137)", up.Log, StringComparison.Ordinal);
        Assert.All(programs, program => Assert.False(Directory.Exists($"/proc/{program}")));
    }

    private async Task<string> StatusAsync(string agent)
    {
        await using var status = RunningProgram.Start("status", agent, "status", "--data", _folder.Path);
        await status.WaitForExitAsync(Ct);
        return status.Log;
    }

    private async Task<RunningProgram> StartedAsync()
    {
        var up = Up("--data", _folder.Path, "--host", "localhost", "--web-port", $"{_ports.Web}", "--agent-port", $"{_ports.Agent}");
        await Patience.UntilAsync("Sandbox is up", LongestBuild, () => up.HasExited || up.Log.Contains("Ctrl-C here", StringComparison.Ordinal), Ct);
        Assert.False(up.HasExited, up.Log);
        return up;
    }

    private static string Script => Path.Combine(Programs.Repository, "deploy/up");

    private RunningProgram Up(params string[] options) => Keep(RunningProgram.Start("deploy/up", Script, options));

    private RunningProgram Keep(RunningProgram run)
    {
        _runs.Add(run);
        return run;
    }

    // deploy/up itself, server, agent.
    private int[] Processes() => [.. File.ReadAllLines(Path.Combine(_folder.Path, "up.pids")).Select(int.Parse)];

    private static string Line(RunningProgram up, string label) => up.Log.Split('\n').Single(line => line.Contains(label, StringComparison.Ordinal));
}
