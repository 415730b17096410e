using Sandbox.Protocol;
using Sandbox.Server.Hosting;
using Sandbox.Server.Ingest;
using Sandbox.Tests.Ingest;

namespace Sandbox.Tests.ServerHost;

/// <summary>The option <c>--heartbeat</c>, from what is typed to what devices are told.</summary>
public sealed class HeartbeatTests : IDisposable
{
    private readonly ServerFolder _folder = ServerFolder.Empty();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_is_a_minute_unless_set_and_then_remembered()
    {
        await Commands.DoneAsync(_folder, "init");
        Assert.Equal(TimeSpan.FromMinutes(1), ServerSettings.Load(_folder.Folders)!.Heartbeat);

        await Commands.DoneAsync(_folder, "init", "--heartbeat", "15m");
        await Commands.DoneAsync(_folder, "init");

        Assert.Equal(TimeSpan.FromMinutes(15), ServerSettings.Load(_folder.Folders)!.Heartbeat);
    }

    [Theory]
    [InlineData("61m"), InlineData("2h"), InlineData("0m"), InlineData("often")]
    public async Task What_cannot_be_used_is_said_with_what_to_type(string given)
    {
        var (code, _, error) = await Commands.RunAsync(_folder, "init", "--heartbeat", given);

        Assert.Equal(2, code);
        Assert.StartsWith($"--heartbeat {given} is no time that can be used: give minutes from 1m to 60m, or 1h.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Devices_are_told_after_the_welcome()
    {
        await using var server = await TelemetryServer.StartAsync(new Heartbeat(TimeSpan.FromMinutes(15)));
        var (call, _) = await server.OpenAsync(await server.EnrolAsync());

        Assert.Equal(new Settings { HeartbeatSeconds = 900 }, (await TelemetryServer.NextAsync(call)).Settings);
    }
}
