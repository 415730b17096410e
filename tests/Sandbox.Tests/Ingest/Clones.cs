using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Storage;
using Sandbox.Storage.Devices;

namespace Sandbox.Tests.Ingest;

/// <summary>What proves that an identity is in two places, and what does not.</summary>
public sealed class Clones
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_report_that_goes_on_from_another_one_than_the_stored_shuts_both_out()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        await (await server.OpenAsync(device)).SettleAsync(device.Say());
        var copy = device.Copy("bench-2");
        await (await server.OpenAsync(device)).SettleAsync(device.Say());
        copy.Lose(1);
        var talk = await server.OpenAsync(copy);

        await talk.SendAsync(copy.Say());

        Assert.Equal(Reason.DeviceQuarantined, await talk.ClosedAsync());
        Assert.Equal([1L, 2L], await server.SequencesAsync(device));
        Assert.Equal(Reason.DeviceQuarantined, (await server.Ingest.OpenAsync(device.Caller, device.Hello())).Session.Refused);
        Assert.Equal(Reason.DeviceQuarantined, (await server.Ingest.OpenAsync(copy.Caller, copy.Hello())).Session.Refused);
    }

    [Fact]
    public async Task Another_report_with_the_sequence_of_the_stored_one_is_proof()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        await (await server.OpenAsync(device)).SettleAsync(device.Say());
        var copy = device.Copy("bench-2");
        await (await server.OpenAsync(device)).SettleAsync(device.Say());
        var talk = await server.OpenAsync(copy);

        await talk.SendAsync(copy.Say());

        Assert.Equal(Reason.DeviceQuarantined, await talk.ClosedAsync());
    }

    [Fact]
    public async Task The_very_report_that_is_stored_already_is_no_proof()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var report = device.Say();
        await (await server.OpenAsync(device)).SettleAsync(report);

        var answers = await (await server.OpenAsync(device)).SettleAsync(report);

        Assert.Equal(1UL, answers[^1].Acknowledgement.LastSequence);
    }

    [Fact]
    public async Task The_quarantine_its_proof_and_its_entry_in_the_log_are_one_transaction()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        await (await server.OpenAsync(device)).SettleAsync(device.Say());
        var copy = device.Copy("bench-2");
        await (await server.OpenAsync(device)).SettleAsync(device.Say());
        var talk = await server.OpenAsync(copy);

        await talk.SendAsync(copy.Say());
        await talk.ClosedAsync();

        var row = await server.QueryAsync(db => db.Devices.SingleAsync(Ct));
        var entry = await server.QueryAsync(db => db.LogEntries.SingleAsync(x => x.Kind == EntryKind.Quarantine, Ct));
        Assert.Equal((DeviceState.Quarantined, row.StateReason), (row.State, LogBody.Parser.ParseFrom(entry.Body).DeviceQuarantined.Proof));
        Assert.Contains("or this machine was set back", row.StateReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_follows_a_fork_is_not_refused_for_good_since_the_machine_would_give_it_up()
    {
        await using var server = await RunningIngest.StartAsync(paused: true);
        var device = await server.EnrolAsync();
        var copy = device.Copy("bench-2");
        var opening = server.OpenAsync(device);
        await server.ResumeAsync();
        await (await opening).SettleAsync(device.Say(), device.Say());
        copy.Lose(2);
        var talk = await server.OpenAsync(copy);

        await talk.SendAsync(copy.Say(), copy.Say());
        await talk.ClosedAsync();

        Assert.DoesNotContain(await talk.AnswersAsync(), answer => answer.ReportRefused is not null);
    }

    [Fact]
    public async Task A_hello_with_another_newest_report_than_the_stored_one_is_proof_that_names_both()
    {
        await using var server = await TelemetryServer.StartAsync();
        var device = await server.EnrolAsync();
        var copy = device.Copy("bench-2");
        var (call, _) = await server.OpenAsync(device);
        await call.RequestStream.WriteAsync(new AgentMessage { Reports = new Reports { Reports_ = { device.Say() } } }, Ct);
        while ((await TelemetryServer.NextAsync(call)).Acknowledgement is null) { }
        copy.Lose(1);

        var second = server.Call(copy);
        await second.RequestStream.WriteAsync(new AgentMessage { Hello = copy.Hello() }, Ct);

        Assert.Equal((StatusCode.PermissionDenied, "DEVICE_QUARANTINED"), await TelemetryServer.EndAsync(second));
        await using var db = server.Store.Open();
        var reason = (await db.Devices.SingleAsync(Ct)).StateReason!;
        Assert.Contains("bench-1 at 127.0.0.1", reason, StringComparison.Ordinal);
        Assert.Contains("bench-2 at 127.0.0.1", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public async Task A_hello_from_behind_is_proof_when_the_device_signed_another_report_of_that_sequence(bool isSigned, bool isAnother, bool isProof)
    {
        await using var server = await TelemetryServer.StartAsync();
        var device = await server.EnrolAsync();
        var copy = device.Copy("bench-2");
        var (call, _) = await server.OpenAsync(device);
        var said = device.Write(_ => { }, isSigned);
        await call.RequestStream.WriteAsync(new AgentMessage { Reports = new Reports { Reports_ = { said, device.Say() } } }, Ct);
        while ((await TelemetryServer.NextAsync(call)).Acknowledgement?.LastSequence is not 2) { }
        copy.Lose(1);
        if (!isAnother) copy.Seal(said.Report);

        var second = server.Call(copy);
        await second.RequestStream.WriteAsync(new AgentMessage { Hello = copy.Hello() }, Ct);

        if (isProof) Assert.Equal((StatusCode.PermissionDenied, "DEVICE_QUARANTINED"), await TelemetryServer.EndAsync(second));
        else Assert.Equal(2UL, (await TelemetryServer.NextAsync(second)).Welcome.LastSequence);
    }

    [Fact]
    public async Task Two_copies_that_throw_each_other_out_again_and_again_are_proof()
    {
        await using var server = await TelemetryServer.StartAsync();
        var device = await server.EnrolAsync();
        var copy = device.Copy("bench-2");
        copy.StartEpoch();

        for (var i = 0; i < 5; i++) await server.OpenAsync(i % 2 == 0 ? device : copy);
        var sixth = server.Call(copy);
        await sixth.RequestStream.WriteAsync(new AgentMessage { Hello = copy.Hello() }, Ct);

        Assert.Equal((StatusCode.PermissionDenied, "DEVICE_QUARANTINED"), await TelemetryServer.EndAsync(sixth));
        Assert.Equal(6, await CountAsync(server, db => db.Sightings));
    }

    [Fact]
    public async Task Taking_over_slowly_is_no_proof()
    {
        await using var server = await TelemetryServer.StartAsync();
        var device = await server.EnrolAsync();
        var copy = device.Copy("bench-2");
        copy.StartEpoch();

        for (var i = 0; i < 12; i++)
        {
            await server.OpenAsync(i % 2 == 0 ? device : copy);
            server.Time.Advance(TimeSpan.FromSeconds(15));
        }

        Assert.Equal(0, await CountAsync(server, db => db.Devices.Where(x => x.State == DeviceState.Quarantined)));
    }

    [Fact]
    public async Task A_laptop_that_reconnects_as_often_as_it_likes_is_none()
    {
        await using var server = await TelemetryServer.StartAsync();
        var device = await server.EnrolAsync();

        for (var i = 0; i < 30; i++) await server.OpenAsync(device);

        Assert.Equal(0, await CountAsync(server, db => db.Devices.Where(x => x.State == DeviceState.Quarantined)));
        Assert.Equal(Sighting.Most, await CountAsync(server, db => db.Sightings));
    }

    [Fact]
    public async Task A_machine_that_restarts_again_and_again_is_none()
    {
        await using var server = await TelemetryServer.StartAsync();
        var device = await server.EnrolAsync();

        for (var i = 0; i < 12; i++)
        {
            await server.OpenAsync(device);
            device = device.Copy("bench-1");
            if (i % 2 == 0) device.StartEpoch();
        }

        Assert.Equal(0, await CountAsync(server, db => db.Devices.Where(x => x.State == DeviceState.Quarantined)));
    }

    private static async Task<int> CountAsync<T>(TelemetryServer server, Func<SandboxDb, IQueryable<T>> query)
    {
        await using var db = server.Store.Open();
        return await query(db).CountAsync(Ct);
    }
}
