using System.Net;
using System.Net.Sockets;
using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Deploy;

/// <summary>What deploy/up says, before anything long, when something must be put right.</summary>
public sealed class UpRefusals : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_unknown_option_is_named_beside_the_known_ones()
    {
        var outcome = await UpAsync("--wep-port", "7443");

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("Unknown option: --wep-port", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("--web-port N", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_busy_port_is_named_with_the_option_that_chooses_another()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;

        var outcome = await UpAsync("--data", _folder.Path, "--web-port", $"{port}");

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains($"Port {port} is in use", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("deploy/up --web-port ", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named_with_what_to_type()
    {
        var outcome = await UpAsync("--data", "/proc/sandbox");

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("The folder /proc/sandbox cannot be written to", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("deploy/up --data DIR", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_no_folder_for_data()
    {
        File.WriteAllText(_folder.At("file"), "");

        var outcome = await UpAsync("--data", _folder.At("file"));

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains($"{_folder.At("file")} is a file, and --data names a folder", outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("70000"), InlineData("0"), InlineData("many")]
    public async Task A_port_that_is_none_is_refused(string port)
    {
        var outcome = await UpAsync("--data", _folder.Path, "--agent-port", port);

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains($"--agent-port takes a number from 1 to 65535; this is none: {port}", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_and_agents_cannot_share_a_port()
    {
        var outcome = await UpAsync("--data", _folder.Path, "--web-port", "27001", "--agent-port", "27001");

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("need two ports; both are 27001", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_name_that_this_machine_does_not_find_is_refused_with_what_to_type()
    {
        var outcome = await UpAsync("--data", _folder.Path, "--host", "no-such-host.invalid");

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("does not find the name no-such-host.invalid", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("/etc/hosts", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_home_folder_that_cannot_be_written_to_is_named()
    {
        var outcome = await ScriptAsync("env", "-u", "SUDO_USER", "HOME=/proc", Up, "--data", _folder.Path);

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("home folder /proc cannot be written to", outcome.Output, StringComparison.Ordinal);
    }

    private static string Up => Path.Combine(Programs.Repository, "deploy/up");

    private static Task<Outcome> UpAsync(params string[] arguments) => ScriptAsync(Up, arguments);

    private static async Task<Outcome> ScriptAsync(string program, params string[] arguments)
    {
        await using var script = RunningProgram.Start("deploy/up", program, arguments);
        return new Outcome(await script.WaitForExitAsync(TestContext.Current.CancellationToken), script.Log);
    }
}
