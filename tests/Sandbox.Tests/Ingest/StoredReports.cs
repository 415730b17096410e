using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Storage.Devices;

namespace Sandbox.Tests.Ingest;

/// <summary>What is stored of the reports that come in.</summary>
public sealed class StoredReports
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_report_is_stored_as_the_exact_bytes_that_came()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        var report = device.Write(r => r.Facts.Add(ReportingDevice.Policy(12)), sign: true);

        await talk.SettleAsync(report);

        var row = await server.QueryAsync(db => db.Reports.SingleAsync(Ct));
        Assert.Equal(report.Report.ToByteArray(), row.Bytes);
        Assert.Equal(report.Signature.ToByteArray(), row.Signature);
        Assert.Equal((device.Id, 1L, ReportingDevice.Start), (row.DeviceId, row.Sequence, row.ReceivedAt));
        Assert.Equal(ReportingDevice.Start.AddMinutes(1), row.CollectedAt);
    }

    [Fact]
    public async Task An_acknowledgement_names_the_highest_sequence_on_the_disk()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);

        var answers = await talk.SettleAsync(device.Say(), device.Say(), device.Say());

        Assert.Equal(3UL, answers[^1].Acknowledgement.LastSequence);
        Assert.Equal([1L, 2, 3], await server.SequencesAsync(device));
    }

    [Fact]
    public async Task A_report_that_comes_again_changes_nothing_and_is_acknowledged()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        SignedReport[] reports = [device.Say(ReportingDevice.Policy(8)), device.Say(ReportingDevice.Policy(12))];
        await talk.SettleAsync(reports);
        var before = await server.QueryAsync(db => db.Transitions.CountAsync(Ct));

        var answers = await talk.SettleAsync(reports);

        Assert.Equal(2UL, answers[^1].Acknowledgement.LastSequence);
        Assert.Equal([1L, 2], await server.SequencesAsync(device));
        Assert.Equal(before, await server.QueryAsync(db => db.Transitions.CountAsync(Ct)));
    }

    [Fact]
    public async Task Reports_with_acts_are_stored_and_acknowledged_and_change_no_verdict()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        await talk.SettleAsync(device.Say(ReportingDevice.Policy(12)));
        var before = await server.QueryAsync(db => db.Transitions.CountAsync(Ct));
        var acts = new Fact { Acts = new Sandbox.Protocol.Acts { Acts_ = { new AdminAct { Verb = "new user" } } } };

        // The same again, as after a crash of the agent.
        var answers = await talk.SettleAsync(device.Say(acts), device.Say(acts));

        Assert.Equal(3UL, answers[^1].Acknowledgement.LastSequence);
        Assert.Equal(before, await server.QueryAsync(db => db.Transitions.CountAsync(Ct)));
    }

    [Fact]
    public async Task A_report_that_stands_twice_in_one_message_is_stored_once()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        var (one, two) = (device.Say(), device.Say());

        await talk.SettleAsync(one, one, two, one, two);

        Assert.Equal([1L, 2], await server.SequencesAsync(device));
    }

    [Fact]
    public async Task A_new_stream_goes_on_where_the_last_one_ended()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        await (await server.OpenAsync(device)).SettleAsync(device.Say(), device.Say());

        var talk = await server.OpenAsync(device);
        await talk.SettleAsync(device.Say());

        Assert.Equal(2, talk.Session.LastSequence);
        Assert.Equal([1L, 2, 3], await server.SequencesAsync(device));
        Assert.Empty(await server.QueryAsync(db => db.Gaps.ToListAsync(Ct)));
    }

    [Fact]
    public async Task Each_epoch_has_its_own_high_water_mark()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        await (await server.OpenAsync(device)).SettleAsync(device.Say(), device.Say(), device.Say());
        device.StartEpoch();

        var talk = await server.OpenAsync(device);
        var answers = await talk.SettleAsync(device.Say());

        Assert.True(talk.Session.EpochIsNew);
        Assert.Equal(1UL, answers[^1].Acknowledgement.LastSequence);
        Assert.Equal([1L, 3], await server.QueryAsync(db => db.Epochs.OrderBy(x => x.LastSequence).Select(x => x.LastSequence).ToListAsync(Ct)));
        Assert.Empty(await server.QueryAsync(db => db.Gaps.ToListAsync(Ct)));
    }

    [Fact]
    public async Task Reports_of_many_devices_that_come_together_keep_to_their_own()
    {
        await using var server = await RunningIngest.StartAsync();
        var devices = new List<(ReportingDevice Device, RunningIngest.Talk Talk)>();
        for (var i = 0; i < 5; i++)
        {
            var device = await server.EnrolAsync();
            devices.Add((device, await server.OpenAsync(device)));
        }

        for (var round = 0; round < 20; round++)
            foreach (var (device, talk) in devices) await talk.SendAsync(device.Say(ReportingDevice.Policy(round)));
        foreach (var (_, talk) in devices)
            while ((await talk.AnswersAsync())[^1].Acknowledgement.LastSequence < 20) { }

        foreach (var (device, _) in devices) Assert.Equal(Enumerable.Range(1, 20).Select(n => (long)n), await server.SequencesAsync(device));
        Assert.Equal(100, await server.QueryAsync(db => db.Reports.Select(x => x.Id).Distinct().CountAsync(Ct)));
    }

    [Fact]
    public async Task A_stream_that_was_superseded_writes_nothing_any_more()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var older = await server.OpenAsync(device);
        var newer = await server.OpenAsync(device);
        var report = device.Say();

        await older.SendAsync(report);
        await newer.SettleAsync(report);

        Assert.Equal(Reason.StreamSuperseded, await older.ClosedAsync());
        Assert.Equal([1L], await server.SequencesAsync(device));
    }

    [Fact]
    public async Task A_session_that_another_server_raised_shuts_this_stream_out()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        await server.QueryAsync(db => db.Devices.ExecuteUpdateAsync(set => set.SetProperty(x => x.Session, x => x.Session + 1), Ct));

        await talk.SendAsync(device.Say(ReportingDevice.Policy(8)));

        Assert.Equal(Reason.StreamSuperseded, await talk.ClosedAsync());
        Assert.Empty(await server.SequencesAsync(device));
        Assert.Equal(0, await server.QueryAsync(db => db.Findings.CountAsync(Ct)));
    }

    [Theory]
    [InlineData(DeviceState.Revoked, Reason.DeviceRevoked)]
    [InlineData(DeviceState.Retired, Reason.DeviceRetired)]
    public async Task A_device_that_is_not_active_any_more_is_shut_out_at_its_next_message(DeviceState state, Reason reason)
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        await server.QueryAsync(db => db.Devices.ExecuteUpdateAsync(set => set.SetProperty(x => x.State, state), Ct));

        await talk.SendAsync(device.Say());

        Assert.Equal(reason, await talk.ClosedAsync());
        Assert.Empty(await server.SequencesAsync(device));
    }

    [Fact]
    public async Task A_superseded_certificate_is_shut_out_at_its_next_message()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        await server.QueryAsync(db => db.Devices.ExecuteUpdateAsync(set => set.SetProperty(x => x.CurrentSerial, new byte[] { 1 }), Ct));

        await talk.SendAsync(device.Say());

        Assert.Equal(Reason.SerialSuperseded, await talk.ClosedAsync());
    }

    [Fact]
    public async Task A_certificate_that_was_renewed_but_not_used_yet_leaves_the_stream_alone()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        await server.QueryAsync(db => db.Devices.ExecuteUpdateAsync(set => set.SetProperty(x => x.NextSerial, new byte[] { 2 }), Ct));

        await talk.SettleAsync(device.Say());

        Assert.Equal([1L], await server.SequencesAsync(device));
    }

    [Fact]
    public async Task One_device_that_is_shut_out_does_not_hold_up_the_batch()
    {
        await using var server = await RunningIngest.StartAsync();
        var (bad, good) = (await server.EnrolAsync(), await server.EnrolAsync());
        var (badTalk, goodTalk) = (await server.OpenAsync(bad), await server.OpenAsync(good));
        await server.QueryAsync(db => db.Devices.Where(x => x.Id == bad.Id).ExecuteUpdateAsync(set => set.SetProperty(x => x.State, DeviceState.Revoked), Ct));

        await badTalk.SendAsync(bad.Say());
        await goodTalk.SettleAsync(good.Say());

        Assert.Equal([1L], await server.SequencesAsync(good));
        Assert.Empty(await server.SequencesAsync(bad));
    }

    [Fact]
    public async Task A_hello_leaves_version_clock_offset_and_time_of_day_with_the_device()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        server.Time.Advance(TimeSpan.FromSeconds(90));

        await server.OpenAsync(device);

        var row = await server.QueryAsync(db => db.Devices.SingleAsync(Ct));
        Assert.Equal(("0.1.0", -90_000L, ReportingDevice.Start.AddSeconds(90)), (row.AgentVersion, row.ClockOffsetMs, row.LastSeenAt));
        Assert.Equal(1, row.Session);
    }

    [Fact]
    public async Task A_report_says_that_the_device_was_heard_of()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        server.Time.Advance(TimeSpan.FromMinutes(5));

        await talk.SettleAsync(device.Say());

        Assert.Equal(ReportingDevice.Start.AddMinutes(5), await server.QueryAsync(db => db.Devices.Select(x => x.LastSeenAt).SingleAsync(Ct)));
    }

    [Fact]
    public async Task A_server_clock_that_is_set_back_takes_with_it_when_the_device_was_heard_of()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        server.Time.Advance(TimeSpan.FromDays(10));
        await talk.SettleAsync(device.Say());
        server.Time.AdjustTime(ReportingDevice.Start.AddMinutes(1));

        await talk.SettleAsync(device.Say());

        Assert.Equal(ReportingDevice.Start.AddMinutes(1), await server.QueryAsync(db => db.Devices.Select(x => x.LastSeenAt).SingleAsync(Ct)));
    }
}
