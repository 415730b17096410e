using Google.Protobuf;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Server.Ingest;
using Sandbox.Server.Live;

namespace Sandbox.Tests.Ingest;

/// <summary>The stream as an agent sees it, over a real connection.</summary>
public sealed class TelemetryStream
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hello_is_answered_with_where_to_go_on_and_the_time()
    {
        await using var server = await TelemetryServer.StartAsync();
        var device = await server.EnrolAsync();

        var (call, welcome) = await server.OpenAsync(device);

        Assert.Equal((0UL, Wire.ProtocolVersion, ReportingDevice.Start), (welcome.LastSequence, welcome.ProtocolVersion, welcome.ServerTime.ToDateTimeOffset()));
        call.Dispose();
    }

    [Fact]
    public async Task A_new_epoch_is_asked_for_all_facts_and_a_known_one_is_not()
    {
        await using var server = await TelemetryServer.StartAsync();
        var device = await server.EnrolAsync();
        var (first, _) = await server.OpenAsync(device);
        var asked = await TelemetryServer.NextAsync(first);
        await SendAsync(first, device.Say(ReportingDevice.Policy(12)));
        await TelemetryServer.NextAsync(first);
        first.Dispose();

        var (second, welcome) = await server.OpenAsync(device);
        await SendAsync(second, device.Say());
        var next = await TelemetryServer.NextAsync(second);

        Assert.NotNull(asked.Refresh);
        Assert.Equal(1UL, welcome.LastSequence);
        Assert.Equal(2UL, next.Acknowledgement.LastSequence);
        second.Dispose();
    }

    [Fact]
    public async Task Reports_are_acknowledged_once_they_are_stored()
    {
        await using var server = await TelemetryServer.StartAsync();
        var device = await server.EnrolAsync();
        var (call, _) = await server.OpenAsync(device);
        await TelemetryServer.NextAsync(call);

        await SendAsync(call, device.Say(), device.Say());
        var answer = await TelemetryServer.NextAsync(call);

        Assert.Equal(2UL, answer.Acknowledgement.LastSequence);
        await using var db = server.Store.Open();
        Assert.Equal(2, await db.Reports.CountAsync(Ct));
        call.Dispose();
    }

    [Fact]
    public async Task A_stream_that_the_agent_ends_is_served_to_the_last_report()
    {
        await using var server = await TelemetryServer.StartAsync();
        var device = await server.EnrolAsync();
        var (call, _) = await server.OpenAsync(device);
        await SendAsync(call, device.Say(), device.Say(), device.Say());
        await call.RequestStream.CompleteAsync();

        var acknowledged = 0UL;
        await foreach (var message in call.ResponseStream.ReadAllAsync(Ct)) acknowledged = message.Acknowledgement?.LastSequence ?? acknowledged;

        Assert.Equal(3UL, acknowledged);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task A_newer_hello_closes_the_older_stream()
    {
        await using var server = await TelemetryServer.StartAsync();
        var device = await server.EnrolAsync();
        var (older, _) = await server.OpenAsync(device);

        var (newer, _) = await server.OpenAsync(device);

        Assert.Equal((StatusCode.Aborted, "STREAM_SUPERSEDED"), await TelemetryServer.EndAsync(older));
        Assert.True(server.Streams.IsOpen(device.Id));
        newer.Dispose();
    }

    [Theory]
    [InlineData(Reason.DeviceRevoked, "DEVICE_REVOKED")]
    [InlineData(Reason.DeviceRetired, "DEVICE_RETIRED")]
    public async Task A_live_stream_is_closed_when_the_device_is_shut_out(Reason why, string trailer)
    {
        await using var server = await TelemetryServer.StartAsync();
        var device = await server.EnrolAsync();
        var (call, _) = await server.OpenAsync(device);

        server.Streams.Close(device.Id, why);

        Assert.Equal((StatusCode.PermissionDenied, trailer), await TelemetryServer.EndAsync(call));
    }

    [Fact]
    public async Task A_first_message_that_is_no_hello_ends_the_stream()
    {
        await using var server = await TelemetryServer.StartAsync();
        var device = await server.EnrolAsync();
        var call = server.Call(device);

        await SendAsync(call, device.Say());

        Assert.Equal((StatusCode.InvalidArgument, "HELLO_EXPECTED"), await TelemetryServer.EndAsync(call));
    }

    [Fact]
    public async Task A_second_hello_ends_the_stream()
    {
        await using var server = await TelemetryServer.StartAsync();
        var device = await server.EnrolAsync();
        var (call, _) = await server.OpenAsync(device);

        await call.RequestStream.WriteAsync(new AgentMessage { Hello = device.Hello() }, Ct);

        Assert.Equal((StatusCode.InvalidArgument, "HELLO_EXPECTED"), await TelemetryServer.EndAsync(call));
    }

    [Fact]
    public async Task A_hello_without_an_epoch_ends_the_stream()
    {
        await using var server = await TelemetryServer.StartAsync();
        var device = await server.EnrolAsync();
        var call = server.Call(device);
        var hello = device.Hello();
        hello.Epoch = ByteString.Empty;

        await call.RequestStream.WriteAsync(new AgentMessage { Hello = hello }, Ct);

        Assert.Equal((StatusCode.InvalidArgument, "HELLO_EXPECTED"), await TelemetryServer.EndAsync(call));
    }

    [Fact]
    public async Task Who_says_nothing_for_ten_seconds_is_sent_away()
    {
        await using var server = await TelemetryServer.StartAsync();
        var device = await server.EnrolAsync();
        var call = server.Call(device);

        var end = TelemetryServer.EndAsync(call);
        while (!end.IsCompleted)
        {
            await Task.WhenAny(end, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct));
            server.Time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal((StatusCode.InvalidArgument, "HELLO_EXPECTED"), await end);
    }

    [Fact]
    public async Task An_agent_of_the_future_is_told_that_the_server_is_too_old()
    {
        await using var server = await TelemetryServer.StartAsync();
        var device = await server.EnrolAsync();
        var call = server.Call(device);
        var hello = device.Hello();
        hello.ProtocolVersion = Wire.ProtocolVersion + 1;

        await call.RequestStream.WriteAsync(new AgentMessage { Hello = hello }, Ct);

        Assert.Equal((StatusCode.FailedPrecondition, "PROTOCOL_UNSUPPORTED"), await TelemetryServer.EndAsync(call));
    }

    [Theory]
    [InlineData(5, 5, true)]
    [InlineData(4, 5, true)]
    [InlineData(3, 5, false)]
    [InlineData(6, 5, false)]
    [InlineData(0, 1, false)]
    public void A_server_speaks_its_own_protocol_version_and_the_one_before(uint agent, uint server, bool spoken) =>
        Assert.Equal(spoken, HelloCheck.IsSpoken(agent, server));

    [Fact]
    public async Task A_message_with_too_many_reports_ends_the_stream()
    {
        await using var server = await TelemetryServer.StartAsync();
        var device = await server.EnrolAsync();
        var (call, _) = await server.OpenAsync(device);

        await SendAsync(call, [.. Enumerable.Repeat(device.Say(), Wire.MostReportsPerMessage + 1)]);

        Assert.Equal((StatusCode.InvalidArgument, "REPORT_MALFORMED"), await TelemetryServer.EndAsync(call));
    }

    [Fact]
    public async Task A_server_that_stops_tells_its_agents_to_come_back()
    {
        await using var server = await TelemetryServer.StartAsync();
        var device = await server.EnrolAsync();
        var (call, _) = await server.OpenAsync(device);

        var stopped = server.StopAsync();

        // A connection that is cut before the trailers arrive shows as Internal: the agent comes back after both.
        var (status, reason) = await TelemetryServer.EndAsync(call);
        Assert.Contains(status, new[] { StatusCode.Unavailable, StatusCode.Internal });
        Assert.Null(reason);
        await stopped.WaitAsync(TimeSpan.FromSeconds(20), Ct);
    }

    [Fact]
    public async Task Pages_hear_of_an_opening_a_change_and_a_closing()
    {
        await using var server = await TelemetryServer.StartAsync();
        var device = await server.EnrolAsync();
        using var feed = server.Feed.Subscribe();
        await using var events = feed.ReadAsync(Ct).GetAsyncEnumerator(Ct);

        var (call, _) = await server.OpenAsync(device);
        await SendAsync(call, device.Say(ReportingDevice.Policy(12)));
        var heard = new List<LiveChange> { await NextAsync(events), await NextAsync(events) };
        await call.RequestStream.CompleteAsync();
        heard.Add(await NextAsync(events));

        Assert.Equal([LiveChange.Connection, LiveChange.Facts, LiveChange.Connection], heard);
        Assert.False(server.Streams.IsOpen(device.Id));
    }

    private static async Task<LiveChange> NextAsync(IAsyncEnumerator<LiveEvent> events)
    {
        Assert.True(await events.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), Ct));
        return events.Current.Change;
    }

    private static Task SendAsync(AsyncDuplexStreamingCall<AgentMessage, ServerMessage> call, params SignedReport[] reports) =>
        call.RequestStream.WriteAsync(new AgentMessage { Reports = new Reports { Reports_ = { reports } } }, Ct);
}
