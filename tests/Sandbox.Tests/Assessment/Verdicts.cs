using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence;
using Sandbox.Protocol;
using Sandbox.Storage.Findings;
using Sandbox.Tests.Ingest;

namespace Sandbox.Tests.Assessment;

/// <summary>Verdicts and their transitions as reports come in.</summary>
public sealed class Verdicts
{
    private const string MinimumLength = "password.min_length";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_report_gives_every_rule_a_verdict_and_a_transition_from_nothing()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);

        await talk.SettleAsync(device.Say(ReportingDevice.Policy(8)));

        var findings = await server.QueryAsync(db => db.Findings.ToListAsync(Ct));
        var transitions = await server.QueryAsync(db => db.Transitions.ToListAsync(Ct));
        Assert.Equal(Verdict.Fail, findings.Single(x => x.Rule == MinimumLength).Verdict);
        Assert.Equal(findings.Select(x => x.Rule).Order(), transitions.Select(x => x.Rule).Order());
        Assert.All(transitions, x => Assert.Null(x.From));
        Assert.All(findings, x => Assert.Equal((LabDefault.Name, ReportingDevice.Start), (x.Policy, x.Since)));
    }

    [Fact]
    public async Task A_verdict_that_changes_leaves_a_transition_that_cites_its_report()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        await talk.SettleAsync(device.Say(ReportingDevice.Policy(8)));
        server.Time.Advance(TimeSpan.FromHours(1));

        await talk.SettleAsync(device.Say(ReportingDevice.Policy(14)));

        var last = (await TransitionsAsync(server))[^1];
        var report = await server.QueryAsync(db => db.Reports.SingleAsync(x => x.Sequence == 2, Ct));
        Assert.Equal((Verdict.Fail, Verdict.Pass, report.Id), (last.From, last.To, last.ReportId));
        Assert.Equal(ReportingDevice.Start.AddHours(1), last.At);
        Assert.Equal(last.At, (await FindingAsync(server)).Since);
    }

    [Fact]
    public async Task Another_observation_with_the_same_verdict_is_no_transition()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        await talk.SettleAsync(device.Say(ReportingDevice.Policy(8)));
        var before = await FindingAsync(server);
        server.Time.Advance(TimeSpan.FromHours(1));

        await talk.SettleAsync(device.Say(ReportingDevice.Policy(9)));

        var after = await FindingAsync(server);
        Assert.NotEqual(before.Observed, after.Observed);
        Assert.Equal(before.Since, after.Since);
        Assert.Single(await TransitionsAsync(server));
    }

    [Fact]
    public async Task A_verdict_that_came_and_went_within_one_batch_is_not_lost()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);

        await talk.SettleAsync(device.Say(ReportingDevice.Policy(14)), device.Say(ReportingDevice.Policy(8)), device.Say(ReportingDevice.Policy(14)));

        Assert.Equal([Verdict.Pass, Verdict.Fail, Verdict.Pass], (await TransitionsAsync(server)).Select(x => x.To!.Value));
    }

    [Fact]
    public async Task A_source_that_was_read_again_moves_the_age_and_nothing_else()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        await talk.SettleAsync(device.Say(ReportingDevice.Policy(14)));
        var before = await FindingAsync(server);

        await talk.SettleAsync(device.Write(r => r.Unchanged.Add((uint)Fact.KindOneofCase.PasswordPolicy)));

        var (after, fact) = (await FindingAsync(server), await server.QueryAsync(db => db.Facts.SingleAsync(Ct)));
        Assert.Equal(ReportingDevice.Start.AddMinutes(2), fact.VerifiedAt);
        Assert.Equal(ReportingDevice.Start.AddMinutes(1), fact.ChangedAt);
        Assert.Equal(fact.VerifiedAt, after.LastVerified);
        Assert.Equal((before.Since, before.ReportId), (after.Since, after.ReportId));
        Assert.Single(await TransitionsAsync(server));
    }

    [Fact]
    public async Task The_longest_time_unseen_spans_reports_that_were_lost_and_survives_a_restart_of_the_stream()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        await talk.SettleAsync(device.Say(ReportingDevice.Policy(14)));
        server.Time.Advance(TimeSpan.FromHours(1));
        device.Lose(30);
        await talk.SettleAsync(ReadAgain(device));
        await talk.SettleAsync(ReadAgain(device));

        Assert.Equal((long)TimeSpan.FromMinutes(31).TotalMilliseconds, (await FindingAsync(server)).LongestGapMs);
        server.Ingest.Close(talk.Stream);
        talk = await server.OpenAsync(device);
        device.Lose(40);
        await talk.SettleAsync(ReadAgain(device));

        Assert.Equal((long)TimeSpan.FromMinutes(41).TotalMilliseconds, (await FindingAsync(server)).LongestGapMs);
    }

    [Fact]
    public async Task What_a_spool_saw_meanwhile_was_not_unseen()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        await talk.SettleAsync(device.Say(ReportingDevice.Policy(14)));
        server.Time.Advance(TimeSpan.FromHours(1));

        await talk.SettleAsync([.. Enumerable.Range(0, 20).Select(_ => ReadAgain(device))]);

        Assert.Equal((long)TimeSpan.FromMinutes(1).TotalMilliseconds, (await FindingAsync(server)).LongestGapMs);
    }

    [Fact]
    public async Task A_clock_that_ran_ahead_and_was_set_right_takes_the_age_back_with_it()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        await talk.SettleAsync(At(device, TimeSpan.FromDays(3), r => r.Facts.Add(ReportingDevice.Policy(14))));

        await talk.SettleAsync(At(device, TimeSpan.FromMinutes(5), r => r.Unchanged.Add((uint)Fact.KindOneofCase.PasswordPolicy)));

        var (finding, fact) = (await FindingAsync(server), await server.QueryAsync(db => db.Facts.SingleAsync(Ct)));
        Assert.Equal(ReportingDevice.Start.AddMinutes(5), fact.VerifiedAt);
        Assert.Equal(fact.VerifiedAt, finding.LastVerified);
    }

    [Fact]
    public async Task A_fact_that_says_the_same_again_keeps_the_report_that_brought_it()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        await talk.SettleAsync(device.Say(ReportingDevice.Policy(14)));
        var before = await server.QueryAsync(db => db.Facts.SingleAsync(Ct));

        await talk.SettleAsync(device.Say(ReportingDevice.Policy(14)));

        var after = await server.QueryAsync(db => db.Facts.SingleAsync(Ct));
        Assert.Equal((before.ReportId, before.ChangedAt), (after.ReportId, after.ChangedAt));
        Assert.Equal(ReportingDevice.Start.AddMinutes(2), after.VerifiedAt);
    }

    [Fact]
    public async Task A_new_stream_judges_on_from_what_is_stored()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        await (await server.OpenAsync(device)).SettleAsync(device.Say(ReportingDevice.Policy(14)));

        var talk = await server.OpenAsync(device);
        await talk.SettleAsync(device.Say(ReportingDevice.Health("1")));
        await talk.SettleAsync(device.Say(ReportingDevice.Policy(8)));

        Assert.Equal([Verdict.Pass, Verdict.Fail], (await TransitionsAsync(server)).Select(x => x.To!.Value));
    }

    private static SignedReport ReadAgain(ReportingDevice device) => device.Write(report => report.Unchanged.Add((uint)Fact.KindOneofCase.PasswordPolicy));

    private static SignedReport At(ReportingDevice device, TimeSpan after, Action<Report> say) => device.Write(report =>
    {
        report.CollectedAt = Timestamp.FromDateTimeOffset(ReportingDevice.Start + after);
        say(report);
    });

    private static Task<StoredFinding> FindingAsync(RunningIngest server) =>
        server.QueryAsync(db => db.Findings.SingleAsync(x => x.Rule == MinimumLength, Ct));

    private static Task<List<FindingTransition>> TransitionsAsync(RunningIngest server) =>
        server.QueryAsync(db => db.Transitions.Where(x => x.Rule == MinimumLength).OrderBy(x => x.Id).ToListAsync(Ct));
}
