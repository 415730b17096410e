using Microsoft.Extensions.DependencyInjection;
using Sandbox.Protocol;
using Sandbox.Server.Devices;
using Sandbox.Server.Live;
using Sandbox.Tests.Enrolment;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Devices;

public sealed class DeviceWatchTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("revoke", Reason.DeviceRevoked)]
    [InlineData("retire", Reason.DeviceRetired)]
    public async Task A_command_in_another_process_closes_the_stream(string word, Reason why)
    {
        using var machine = await Machine.EnrolledAsync(_server, "bench-1");
        using var stream = Streams.Open(await Id());

        await Commands.DoneAsync(_server.Folder, "devices", word, "bench-1");
        await Ticked(() => stream.Closed.IsCancellationRequested);

        Assert.Equal(why, stream.Why);
    }

    [Fact]
    public async Task Another_devices_stream_stays_open()
    {
        using var one = await Machine.EnrolledAsync(_server, "one");
        using var untouched = Streams.Open(await Id());
        using var two = await Machine.EnrolledAsync(_server, "two");
        using var revoked = Streams.Open(await Id("two"));

        await Commands.DoneAsync(_server.Folder, "devices", "revoke", "two");
        await Ticked(() => revoked.Closed.IsCancellationRequested);

        Assert.False(untouched.Closed.IsCancellationRequested);
    }

    [Fact]
    public async Task Open_pages_hear_of_a_new_name()
    {
        using var machine = await Machine.EnrolledAsync(_server, "bench-1");
        using var feed = _server.App.Services.GetRequiredService<LiveFeed>().Subscribe();
        var heard = HearAsync(feed, LiveChange.Device);

        await Commands.DoneAsync(_server.Folder, "devices", "rename", "bench-1", "door");
        await Ticked(() => heard.IsCompleted);

        Assert.Equal(await Id(), (await heard).Device);
    }

    private OpenStreams Streams => _server.App.Services.GetRequiredService<OpenStreams>();

    private async Task<DeviceId> Id(string? name = null)
    {
        await using var scope = _server.App.Services.CreateAsyncScope();
        var devices = await scope.ServiceProvider.GetRequiredService<DeviceRecords>().ListAsync(TestContext.Current.CancellationToken);
        return DeviceId.TryParse(devices.Single(x => name is null || x.Name == name).Id, out var id) ? id : default;
    }

    private static async Task<LiveEvent> HearAsync(LiveFeed.Subscription feed, LiveChange change)
    {
        await foreach (var happened in feed.ReadAsync(TestContext.Current.CancellationToken))
        {
            if (happened.Change == change) return happened;
        }

        throw new InvalidOperationException("The feed ended.");
    }

    private Task Ticked(Func<bool> done) => Eventually.TrueAsync(() =>
    {
        _server.Time.Advance(DeviceWatch.Every);
        return Task.FromResult(done());
    });
}
