using Sandbox.Evidence;
using Sandbox.Protocol;
using Sandbox.Server.Assessment;
using Sandbox.Storage.Findings;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Tests.Assessment;

public sealed class PresentFindingsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly FindingKey Ben = new("password.max_age", "ben");
    private readonly PresentFindings _findings = new(DeviceId.New(), [], LabDefault.Policy);

    [Fact]
    public void A_subject_that_is_gone_leaves_a_transition_to_nothing_and_no_row()
    {
        _findings.Become([Judged("anna"), Judged("ben")], 1, Writes(), Now);
        var writes = Writes();

        _findings.Become([Judged("anna")], 2, writes, Now.AddHours(1));

        Assert.Equal([Ben], writes.GoneFindings);
        var gone = Assert.Single(writes.Transitions);
        Assert.Equal(("ben", Verdict.Pass, (Verdict?)null, 2L), (gone.Subject, gone.From, gone.To, gone.ReportId));
        Assert.Empty(writes.Findings);
    }

    [Fact]
    public void A_subject_that_takes_the_place_of_another_is_seen_as_both()
    {
        _findings.Become([Judged("ben")], 1, Writes(), Now);
        var writes = Writes();

        _findings.Become([Judged("anna")], 2, writes, Now);

        Assert.Equal([Ben], writes.GoneFindings);
        Assert.Equal(["anna"], writes.Findings.Keys.Select(x => x.Subject));
    }

    [Fact]
    public void A_subject_that_came_and_went_within_a_batch_leaves_only_its_transitions()
    {
        var writes = Writes();

        _findings.Become([Judged("ben")], 1, writes, Now);
        _findings.Become([], 2, writes, Now);

        Assert.Empty(writes.Findings);
        Assert.Equal([Verdict.Pass, null], writes.Transitions.Select(x => x.To));
    }

    [Fact]
    public void A_subject_that_comes_back_begins_anew()
    {
        _findings.Become([Judged("ben")], 1, Writes(), Now);
        _findings.Become([], 2, Writes(), Now.AddHours(1));
        var writes = Writes();

        _findings.Become([Judged("ben")], 3, writes, Now.AddHours(2));

        Assert.Equal(Now.AddHours(2), writes.Findings[Ben].Since);
        Assert.Null(Assert.Single(writes.Transitions).From);
    }

    [Fact]
    public void The_same_judgement_again_writes_nothing()
    {
        _findings.Become([Judged("ben")], 1, Writes(), Now);
        var writes = Writes();

        _findings.Become([Judged("ben")], null, writes, Now.AddHours(1));

        Assert.Empty(writes.Findings);
        Assert.False(writes.Changed);
    }

    [Fact]
    public void A_younger_age_alone_is_written_but_is_no_change()
    {
        _findings.Become([Judged("ben")], 1, Writes(), Now);
        var writes = Writes();

        _findings.Become([Judged("ben") with { LastVerified = Now.AddHours(1) }], null, writes, Now.AddHours(1));

        Assert.Equal(Now.AddHours(1), writes.VerifiedFindings[Ben].LastVerified);
        Assert.Empty(writes.Findings);
        Assert.False(writes.Changed);
    }

    [Fact]
    public void A_verdict_that_time_changed_cites_no_report()
    {
        _findings.Become([Judged("ben")], 1, Writes(), Now);
        var writes = Writes();

        _findings.Become([Judged("ben") with { Verdict = Verdict.Fail }], null, writes, Now.AddDays(1));

        Assert.Null(Assert.Single(writes.Transitions).ReportId);
    }

    [Fact]
    public void The_longest_gap_of_a_verdict_is_the_longest_of_all_its_readings()
    {
        var writes = Writes();
        _findings.Become([Judged("ben")], 1, writes, Now);
        foreach (var (hours, unseen) in new[] { (1, 60), (4, 180), (5, 60) })
            _findings.Become([Judged("ben") with { LastVerified = Now.AddHours(hours), Unseen = TimeSpan.FromMinutes(unseen) }], null, writes, Now.AddHours(hours));

        Assert.Equal((long)TimeSpan.FromHours(3).TotalMilliseconds, writes.VerifiedFindings[Ben].LongestGapMs);
    }

    [Fact]
    public void A_verdict_that_becomes_another_begins_without_a_gap()
    {
        _findings.Become([Judged("ben")], 1, Writes(), Now);
        var writes = Writes();

        _findings.Become([Judged("ben") with { Verdict = Verdict.Fail, LastVerified = Now.AddHours(3), Unseen = TimeSpan.FromHours(3) }], 2, writes, Now.AddHours(3));

        Assert.Equal((Now.AddHours(3), 0), (writes.Findings[Ben].Since, writes.Findings[Ben].LongestGapMs));
    }

    [Fact]
    public void A_gap_that_began_before_the_verdict_counts_from_the_verdict_on()
    {
        _findings.Become([Judged("ben")], 1, Writes(), Now);
        _findings.Become([Judged("ben") with { Verdict = Verdict.Fail }], null, Writes(), Now.AddHours(10));
        var writes = Writes();

        _findings.Become([Judged("ben") with { Verdict = Verdict.Fail, LastVerified = Now.AddHours(11), Unseen = TimeSpan.FromHours(11) }], null, writes, Now.AddHours(11));

        Assert.Equal((long)TimeSpan.FromHours(1).TotalMilliseconds, writes.VerifiedFindings[Ben].LongestGapMs);
    }

    [Fact]
    public void What_an_older_build_did_not_measure_stays_unknown_until_the_verdict_is_another()
    {
        var stored = new StoredFinding { Rule = Ben.Rule, Subject = Ben.Subject, Verdict = Verdict.Pass, Expected = "at most 90 days", Policy = LabDefault.Name, Since = Now, LastVerified = Now };
        var findings = new PresentFindings(DeviceId.New(), [stored], LabDefault.Policy);
        var writes = Writes();

        findings.Become([Judged("ben") with { LastVerified = Now.AddHours(1), Unseen = TimeSpan.FromHours(1) }], null, writes, Now.AddHours(1));
        Assert.Null(stored.LongestGapMs);
        findings.Become([Judged("ben") with { Verdict = Verdict.Fail, LastVerified = Now.AddHours(2), Unseen = TimeSpan.FromHours(1) }], 2, writes, Now.AddHours(2));
        Assert.Equal(0, stored.LongestGapMs);
    }

    private static Finding Judged(string subject) =>
        new() { Rule = "password.max_age", Subject = subject, Verdict = Verdict.Pass, Expected = "at most 90 days", LastVerified = Now, ReportId = 1 };

    private static StreamWrites Writes() => new() { Device = DeviceId.New(), Session = 1, Serial = [], Epoch = [] };
}
