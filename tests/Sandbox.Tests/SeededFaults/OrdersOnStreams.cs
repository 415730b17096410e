using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Server.Faults;
using Sandbox.Storage.Faults;
using Sandbox.Tests.Ingest;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.SeededFaults;

/// <summary>Orders on the stream of a device, as its agent sees them.</summary>
public sealed class OrdersOnStreams
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_comes_when_it_is_due_once_a_stream_and_no_more_when_it_is_answered()
    {
        await using var server = await TelemetryServer.StartAsync();
        var device = await server.EnrolAsync();
        var fault = await PlanAsync(server, device.Id, TimeSpan.FromMinutes(10));
        using (var first = await OpenAsync(server, device))
        {
            server.Time.Advance(TimeSpan.FromMinutes(9));
            var next = TelemetryServer.NextAsync(first);
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Ct);
            Assert.False(next.IsCompleted);
            server.Time.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(SeededRows.Id(fault), (await next).FaultOrder.Id);
        }

        using var second = await OpenAsync(server, device);
        await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Ct);
        server.Time.Advance(FaultClock.Every);
        Assert.Equal(SeededRows.Id(fault), (await TelemetryServer.NextAsync(second)).FaultOrder.Id);
        await second.RequestStream.WriteAsync(new AgentMessage { FaultEvent = SeededRows.Says(fault, FaultState.Applied, server.Time.GetUtcNow()) }, Ct);
        await Eventually.TrueAsync(async () => await StateAsync(server) == SeededState.Applied);
        await second.RequestStream.WriteAsync(new AgentMessage { FaultEvent = SeededRows.Says(fault, FaultState.Repaired, server.Time.GetUtcNow()) }, Ct);
        await Eventually.TrueAsync(async () => await StateAsync(server) == SeededState.Repaired);
    }

    [Fact]
    public async Task What_is_withdrawn_while_it_is_applied_is_said_to_the_device()
    {
        await using var server = await TelemetryServer.StartAsync();
        var device = await server.EnrolAsync();
        var fault = await PlanAsync(server, device.Id, TimeSpan.Zero);
        await using (var db = server.Store.Open()) await db.SeededFaults.ExecuteUpdateAsync(set => set.SetProperty(f => f.WithdrawnAt, server.Time.GetUtcNow()).SetProperty(f => f.State, SeededState.Applied), Ct);

        using var call = await OpenAsync(server, device);
        var next = TelemetryServer.NextAsync(call);
        for (var i = 0; i < 100 && !next.IsCompleted; i++)
        {
            server.Time.Advance(FaultClock.Every);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Ct);
        }

        Assert.Equal(SeededRows.Id(fault), (await next).FaultWithdrawn.Id);
    }

    [Fact]
    public async Task Who_says_too_much_at_once_is_not_heard_until_a_moment_later()
    {
        await using var server = await TelemetryServer.StartAsync();
        var device = await server.EnrolAsync();
        var fault = await PlanAsync(server, device.Id, TimeSpan.Zero);
        using var call = await OpenAsync(server, device);
        for (var i = 0; i < Allowance.Most; i++) await call.RequestStream.WriteAsync(new AgentMessage { FaultEvent = new FaultEvent { State = FaultState.Undone } }, Ct);
        await call.RequestStream.WriteAsync(new AgentMessage { FaultEvent = SeededRows.Says(fault, FaultState.Repaired, server.Time.GetUtcNow()) }, Ct);
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, Ct);

        server.Time.Advance(TimeSpan.FromSeconds(1));
        await call.RequestStream.WriteAsync(new AgentMessage { FaultEvent = SeededRows.Says(fault, FaultState.Undone, server.Time.GetUtcNow()) }, Ct);

        await Eventually.TrueAsync(async () => await StateAsync(server) == SeededState.Undone);
    }

    [Fact]
    public void A_stream_may_say_sixty_four_things_at_once_and_four_a_second_after_that()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var allowance = new Allowance(time);

        Assert.Equal(64, Enumerable.Range(0, 100).Count(_ => allowance.Take()));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(4, Enumerable.Range(0, 100).Count(_ => allowance.Take()));
        Assert.Equal(36 + 96, allowance.Refused);
        time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(64, Enumerable.Range(0, 100).Count(_ => allowance.Take()));
    }

    [Fact]
    public async Task What_could_not_be_read_when_a_stream_began_is_read_within_seconds_and_forgotten_when_it_ends()
    {
        await using var server = await TelemetryServer.StartAsync();
        var device = await server.EnrolAsync();
        await PlanAsync(server, device.Id, TimeSpan.Zero);
        await using (var db = server.Store.Open()) await db.SeededFaults.ExecuteUpdateAsync(set => set.SetProperty(f => f.AppliedAt, server.Time.GetUtcNow()).SetProperty(f => f.State, SeededState.Applied), Ct);
        await RunAsync(server, "ALTER TABLE SeededFaults RENAME TO Away");
        using (var call = await OpenAsync(server, device))
        {
            Assert.Empty(server.Seeded.Of(device.Id));

            await RunAsync(server, "ALTER TABLE Away RENAME TO SeededFaults");
            await Eventually.TrueAsync(() =>
            {
                server.Time.Advance(FaultClock.Every);
                return Task.FromResult(server.Seeded.Of(device.Id).Count == 1);
            });
        }

        await Eventually.TrueAsync(() => Task.FromResult(server.Seeded.Of(device.Id).Count == 0));
    }

    private static async Task RunAsync(TelemetryServer server, string statement)
    {
        await using var db = server.Store.Open();
        await db.Database.ExecuteSqlRawAsync(statement, Ct);
    }

    // The first thing on a new stream asks for all facts.
    private static async Task<Grpc.Core.AsyncDuplexStreamingCall<AgentMessage, ServerMessage>> OpenAsync(TelemetryServer server, ReportingDevice device)
    {
        var (call, _) = await server.OpenAsync(device);
        Assert.NotNull((await TelemetryServer.NextAsync(call)).Refresh);
        return call;
    }

    private static async Task<SeededFault> PlanAsync(TelemetryServer server, DeviceId device, TimeSpan dueIn)
    {
        await using var db = server.Store.Open();
        return await SeededRows.PlanAsync(db, device, Guid.NewGuid(), server.Time.GetUtcNow(), dueIn);
    }

    private static async Task<SeededState> StateAsync(TelemetryServer server)
    {
        await using var db = server.Store.Open();
        return await db.SeededFaults.Select(f => f.State).SingleAsync(Ct);
    }
}
