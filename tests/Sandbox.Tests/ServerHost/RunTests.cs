using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Sandbox.Server.Hosting;

namespace Sandbox.Tests.ServerHost;

/// <summary>The command <c>run</c> from start to stop.</summary>
public sealed class RunTests
{
    [Fact]
    public async Task It_tells_scripts_where_it_listens_and_takes_that_back_when_it_stops()
    {
        using var folder = await ServerFolder.ReadyAsync();
        var ready = Path.Combine(folder.Data, "ready.json");
        using var stop = new CancellationTokenSource();
        var running = Start(folder, stop.Token, "--ready-file", ready);

        await Eventually.TrueAsync(() => Task.FromResult(File.Exists(ready) || running.IsCompleted));
        using var told = JsonDocument.Parse(await File.ReadAllTextAsync(ready, TestContext.Current.CancellationToken));
        var port = told.RootElement.GetProperty("webPort").GetInt32();
        Assert.Equal($"https://localhost:{port}/", told.RootElement.GetProperty("page").GetString());
        using (var client = new TcpClient()) await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        Assert.Equal(0, (await running).Code);
        Assert.False(File.Exists(ready));
    }

    [Fact]
    public async Task Free_ports_are_remembered_for_the_commands()
    {
        using var folder = await ServerFolder.ReadyAsync();
        using var stop = new CancellationTokenSource();
        var ready = Path.Combine(folder.Data, "ready.json");
        var running = Start(folder, stop.Token, "--ready-file", ready);
        await Eventually.TrueAsync(() => Task.FromResult(File.Exists(ready) || running.IsCompleted));

        var link = await Commands.DoneAsync(folder, "setup-link");

        Assert.StartsWith($"https://localhost:{ServerSettings.Load(folder.Folders)!.Bound!.Web}/setup#", link, StringComparison.Ordinal);
        await stop.CancelAsync();
        await running;
    }

    [Theory]
    [InlineData("--web-port")]
    [InlineData("--agent-port")]
    public async Task A_busy_port_is_named_with_the_option_that_changes_it(string option)
    {
        using var folder = await ServerFolder.ReadyAsync();
        using var busy = new TcpListener(IPAddress.IPv6Any, 0);
        busy.Server.DualMode = true;
        busy.Start();
        var port = ((IPEndPoint)busy.LocalEndpoint).Port;

        var (code, _, error) = await Commands.RunAsync(folder, "run", option, $"{port}");

        Assert.Equal(2, code);
        Assert.StartsWith($"Port {port} is in use by another program: choose another with {option} N", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_server_on_one_folder_is_refused()
    {
        using var folder = await ServerFolder.ReadyAsync();
        using var first = ServerLock.Take(folder.Folders);

        var (code, _, error) = await Commands.RunAsync(folder, "run");

        Assert.Equal(2, code);
        Assert.StartsWith($"Another server already runs on {folder.Folders.Root}", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_without_a_server_say_how_to_make_one()
    {
        using var folder = ServerFolder.Empty();

        var (code, _, error) = await Commands.RunAsync(folder, "people", "list");

        Assert.Equal(2, code);
        Assert.Contains("sandbox-server init", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Folders.Root));
    }

    private static async Task<(int Code, string Error)> Start(ServerFolder folder, CancellationToken stop, params string[] options)
    {
        await using var error = new StringWriter();
        var code = await ServerProgram.RunAsync(["run", "--data", folder.Data, .. options], TextWriter.Null, error, stop);
        return (code, error.ToString());
    }
}
