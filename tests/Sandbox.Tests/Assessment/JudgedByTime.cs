using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Findings;
using Sandbox.Tests.Ingest;
using Sandbox.Tests.ServerHost;
using static Sandbox.Protocol.Account.Types;

namespace Sandbox.Tests.Assessment;

/// <summary>Verdicts that change though nobody says anything.</summary>
public sealed class JudgedByTime
{
    private const string MinimumLength = "password.min_length";
    private const string DefaultAge = "password.max_age_days";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_password_that_runs_out_at_midnight_fails_at_midnight_without_a_report(bool connected)
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        var today = (ReportingDevice.Start - DateTimeOffset.UnixEpoch).Days;
        await talk.SettleAsync(device.Say(Anna(lastChange: today - 37, maxDays: 30)));
        if (!connected) server.Ingest.Close(talk.Stream);

        server.Time.Advance(TimeSpan.FromHours(16) - Minute);
        await AskedAsync(server);
        var before = (await LastAsync(server, DefaultAge))!.To;
        server.Time.Advance(Minute);

        await Eventually.TrueAsync(async () => (await LastAsync(server, DefaultAge))!.To == Verdict.Fail);
        var last = (await LastAsync(server, DefaultAge))!;
        Assert.Equal((Verdict.Pass, Verdict.Pass, (long?)null), (before, last.From!.Value, last.ReportId));
        Assert.InRange(last.At, ReportingDevice.Start.AddHours(16), server.Time.GetUtcNow());
    }

    [Fact]
    public async Task A_device_that_is_not_heard_of_for_a_day_is_unknown_and_says_since_when()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await SilentAsync(server);

        var finding = await FindingAsync(server, device);
        Assert.Equal((Verdict.Unknown, "not heard of since 2026-03-01 08:00 UTC; then: 14 characters"), (finding.Verdict, finding.Reason));
    }

    [Fact]
    public async Task Nothing_of_a_silent_device_passes_or_fails()
    {
        await using var server = await RunningIngest.StartAsync();
        await SilentAsync(server);

        Assert.DoesNotContain(await server.QueryAsync(db => db.Findings.ToListAsync(Ct)), x => x.Verdict is Verdict.Pass or Verdict.Fail);
    }

    [Fact]
    public async Task The_turn_to_unknown_is_in_the_log_and_cites_no_report()
    {
        await using var server = await RunningIngest.StartAsync();
        await SilentAsync(server);

        var bodies = (await server.QueryAsync(db => db.LogEntries.Where(x => x.Kind == EntryKind.Transition).OrderBy(x => x.Id).ToListAsync(Ct)))
            .ConvertAll(entry => LogBody.Parser.ParseFrom(entry.Body).VerdictChanged);
        var last = bodies.Last(x => x.Rule == MinimumLength);
        Assert.Equal(("pass", "unknown", null), (last.Before, last.After, last.Report));
    }

    [Fact]
    public async Task It_was_not_heard_of_because_it_was_judged()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await SilentAsync(server);

        Assert.Equal(ReportingDevice.Start, await server.QueryAsync(db => db.Devices.Where(x => x.Id == device.Id).Select(x => x.LastSeenAt).SingleAsync(Ct)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_turns_back_with_the_next_report_whatever_that_says(bool connected)
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        await talk.SettleAsync(device.Say(ReportingDevice.Policy(14)));
        if (!connected) server.Ingest.Close(talk.Stream);
        server.Time.Advance(TimeSpan.FromHours(25));
        await Eventually.TrueAsync(async () => (await FindingAsync(server, device)).Verdict == Verdict.Unknown);

        if (!connected) talk = await server.OpenAsync(device);
        await talk.SettleAsync(device.Say());

        var finding = await FindingAsync(server, device);
        Assert.Equal((Verdict.Pass, "14 characters"), (finding.Verdict, finding.Observed));
    }

    [Fact]
    public async Task The_turn_back_cites_the_report_that_broke_the_silence()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        await talk.SettleAsync(device.Say(ReportingDevice.Policy(14)));
        server.Time.Advance(TimeSpan.FromHours(25));
        await Eventually.TrueAsync(async () => (await FindingAsync(server, device)).Verdict == Verdict.Unknown);

        await talk.SettleAsync(device.Say());

        var report = await server.QueryAsync(db => db.Reports.Where(x => x.Sequence == 2).Select(x => x.Id).SingleAsync(Ct));
        var last = await server.QueryAsync(db => db.Transitions.Where(x => x.Rule == MinimumLength).OrderByDescending(x => x.Id).FirstAsync(Ct));
        Assert.Equal((Verdict.Unknown, Verdict.Pass, report), (last.From!.Value, last.To!.Value, last.ReportId!.Value));
    }

    [Fact]
    public async Task A_device_that_keeps_reporting_never_turns_unknown()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        await talk.SettleAsync(device.Say(ReportingDevice.Policy(14)));

        for (var i = 0; i < 5; i++)
        {
            server.Time.Advance(TimeSpan.FromHours(12));
            await talk.SettleAsync(device.Say());
        }

        await AskedAsync(server);
        Assert.Equal([Verdict.Pass], await server.QueryAsync(db => db.Transitions.Where(x => x.Rule == MinimumLength).Select(x => x.To!.Value).ToListAsync(Ct)));
    }

    [Theory]
    [InlineData(DeviceState.Retired)]
    [InlineData(DeviceState.Revoked)]
    [InlineData(DeviceState.Quarantined)]
    public async Task Who_is_out_of_service_is_left_alone(DeviceState state)
    {
        await using var server = await RunningIngest.StartAsync();
        var (device, other) = (await server.EnrolAsync(), await server.EnrolAsync());
        foreach (var one in (ReportingDevice[])[device, other])
        {
            var talk = await server.OpenAsync(one);
            await talk.SettleAsync(one.Say(ReportingDevice.Policy(14)));
            server.Ingest.Close(talk.Stream);
        }
        await server.QueryAsync(db => db.Devices.Where(x => x.Id == device.Id).ExecuteUpdateAsync(set => set.SetProperty(x => x.State, state), Ct));

        server.Time.Advance(TimeSpan.FromHours(25));

        await Eventually.TrueAsync(async () => (await FindingAsync(server, other)).Verdict == Verdict.Unknown);
        Assert.Equal(Verdict.Pass, (await FindingAsync(server, device)).Verdict);
    }

    [Fact]
    public async Task What_became_due_while_the_server_was_off_is_judged_when_it_is_back()
    {
        await using var server = await RunningIngest.StartAsync(paused: true);
        var device = await server.EnrolAsync();
        var opening = server.OpenAsync(device);
        await server.ResumeAsync(withClock: false);
        await (await opening).SettleAsync(device.Say(ReportingDevice.Policy(14)));
        server.Time.Advance(TimeSpan.FromHours(30));

        server.StartClock();

        await Eventually.TrueAsync(async () => (await FindingAsync(server, device)).Verdict == Verdict.Unknown);
    }

    [Fact]
    public async Task The_instant_is_stored_and_is_not_moved_by_each_report()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        await talk.SettleAsync(device.Say(ReportingDevice.Policy(14)));
        server.Time.Advance(Minute);

        await talk.SettleAsync(device.Say(ReportingDevice.Policy(8)));

        Assert.Equal(ReportingDevice.Start.AddHours(24), await JudgeAtAsync(server, device));
    }

    [Fact]
    public async Task A_device_that_cannot_be_judged_is_not_tried_again_at_once()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        await talk.SettleAsync(device.Say(ReportingDevice.Policy(14)));
        server.Ingest.Close(talk.Stream);
        await server.QueryAsync(db => db.Facts.ExecuteUpdateAsync(set => set.SetProperty(x => x.Bytes, [0xff]), Ct));

        server.Time.Advance(TimeSpan.FromHours(24));

        await Eventually.TrueAsync(async () => (await FindingAsync(server, device)).Verdict == Verdict.Error);
        Assert.InRange((await JudgeAtAsync(server, device))!.Value, ReportingDevice.Start.AddHours(24.5), ReportingDevice.Start.AddHours(26));
    }

    private static async Task<ReportingDevice> SilentAsync(RunningIngest server)
    {
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        await talk.SettleAsync(device.Say(ReportingDevice.Policy(14)));
        server.Ingest.Close(talk.Stream);
        server.Time.Advance(TimeSpan.FromHours(24));
        await Eventually.TrueAsync(async () => (await FindingAsync(server, device)).Verdict == Verdict.Unknown);
        return device;
    }

    // A hello goes through the writer behind whatever it was asked before.
    [Fact]
    public async Task When_many_are_due_at_once_they_are_judged_in_slices_without_waiting_for_the_next_second()
    {
        await using var server = await RunningIngest.StartAsync();
        for (var i = 0; i < 120; i++)
        {
            var talk = await server.OpenAsync(await server.EnrolAsync());
            server.Ingest.Close(talk.Stream);
        }
        var start = server.Time.GetUtcNow();
        await server.QueryAsync(db => db.Devices.ExecuteUpdateAsync(set => set.SetProperty(x => x.JudgeAt, start), Ct));

        server.Time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(async () => await DueAsync(server, start) == 70);
        server.Time.Advance(TimeSpan.FromMilliseconds(40));
        await Eventually.TrueAsync(async () => await DueAsync(server, start) == 20);
        server.Time.Advance(TimeSpan.FromMilliseconds(40));
        await Eventually.TrueAsync(async () => await DueAsync(server, start) == 0);
    }

    private static Task<int> DueAsync(RunningIngest server, DateTimeOffset at) => server.QueryAsync(db => db.Devices.CountAsync(x => x.JudgeAt <= at, Ct));

    private static async Task AskedAsync(RunningIngest server)
    {
        server.Time.Advance(TimeSpan.FromSeconds(1));
        await server.OpenAsync(await server.EnrolAsync());
    }

    private static Fact Anna(long lastChange, long maxDays) => new()
    {
        Accounts = new Accounts
        {
            Accounts_ = { new Account { Name = "anna", Uid = 1000, ShellClass = ShellClass.Login, PasswordState = PasswordState.Set, LastChangeDay = lastChange, MaxDays = maxDays } },
        },
    };

    private static Task<StoredFinding> FindingAsync(RunningIngest server, ReportingDevice device) =>
        server.QueryAsync(db => db.Findings.SingleAsync(x => x.DeviceId == device.Id && x.Rule == MinimumLength, Ct));

    private static Task<FindingTransition?> LastAsync(RunningIngest server, string rule) =>
        server.QueryAsync(db => db.Transitions.Where(x => x.Rule == rule && x.Subject == "anna").OrderByDescending(x => x.Id).FirstOrDefaultAsync(Ct));

    private static Task<DateTimeOffset?> JudgeAtAsync(RunningIngest server, ReportingDevice device) =>
        server.QueryAsync(db => db.Devices.Where(x => x.Id == device.Id).Select(x => x.JudgeAt).SingleAsync(Ct));
}
