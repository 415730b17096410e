using Sandbox.Evidence;
using Sandbox.Evidence.Assignments;
using Sandbox.Evidence.Crediting;

namespace Sandbox.Tests.Evidence.Assignments;

/// <summary>Whether a task is done: by what is seen within its window.</summary>
public sealed class WhenTasksAreDone
{
    private static readonly DateTimeOffset From = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private static readonly AssignmentTask Account = new("1.3", From, From.AddDays(1)) { Target = "noor" };

    [Theory]
    [InlineData(EvidenceState.Watched, true), InlineData(EvidenceState.Held, true), InlineData(EvidenceState.Undone, false), InlineData(EvidenceState.Discounted, false)]
    public void A_change_that_counts_makes_it_true(EvidenceState state, bool done) => Assert.Equal(done, IsTrue(Account, Change("noor", 1, state)));

    [Theory]
    [InlineData(-0.1, false), InlineData(0, true), InlineData(23.9, true), InlineData(24, false)]
    public void What_happened_outside_of_the_window_does_not_count(double hours, bool done) => Assert.Equal(done, IsTrue(Account, Change("noor", hours)));

    [Theory]
    [InlineData("noor", true), InlineData("noor (uid 1004)", true), InlineData("password.max_age_days of noor", true), InlineData("noor in sudo", true), InlineData("package noor", true), InlineData("printer noor (printer.lab)", true)]
    [InlineData("share noor (/srv/a b)", true), InlineData("service noor.service", true), InlineData("elif", false), InlineData("noor2", false), InlineData("of noor2", false), InlineData("package noor2", false), InlineData("noor2 (uid 1004)", false), InlineData("sudo in noor", false)]
    public void A_name_that_was_asked_for_must_be_it(string target, bool done) => Assert.Equal(done, IsTrue(Account, Change(target, 1)));

    [Fact]
    public void Without_a_name_any_will_do_and_another_line_will_not()
    {
        Assert.True(IsTrue(Account with { Target = null }, Change("elif", 1)));
        Assert.False(IsTrue(Account with { Line = "1.9" }, Change("noor", 1)));
    }

    [Fact]
    public void What_was_taken_back_is_said()
    {
        var check = AssignmentStates.Checks(Account, new TaskMaterial([Change("noor", 1, EvidenceState.Undone)], [], []))[0];

        Assert.Equal("noor: the account noor, and it was taken back", check.Observed);
    }

    [Theory]
    [InlineData(1, 0, true), InlineData(30, 0, false), InlineData(1, -300, false), InlineData(1, 1, true), InlineData(1, -1, true)]
    public void A_record_of_a_day_within_the_window_makes_true_what_devices_cannot_show(double hours, int days, bool done) =>
        Assert.Equal(done, AssignmentStates.Checks(Account with { ByRecord = true }, new TaskMaterial([], [new(From.AddHours(hours), DateOnly.FromDateTime(From.UtcDateTime).AddDays(days), "Help desk")], []))[0].IsTrue);

    [Fact]
    public void Another_sort_of_change_for_the_line_is_not_what_was_meant()
    {
        var task = Account with { Target = null, Acts = ["account.added"] };

        Assert.True(IsTrue(task, Change("noor", 1)));
        Assert.False(IsTrue(task, Change("password.min_length", 1) with { Act = "policy.mended" }));
    }

    [Fact]
    public void The_repair_of_its_fault_is_what_was_asked_for_whichever_line_it_counts_for()
    {
        var fault = Guid.NewGuid();
        var repair = Change("password.min_length", 1) with { Line = "4.5", Act = "policy.mended", Seeded = fault };

        Assert.True(IsTrue(Account with { Fault = fault }, repair));
        Assert.False(IsTrue(Account with { Fault = Guid.NewGuid() }, repair));
        Assert.False(IsTrue(Account, repair));
        Assert.False(IsTrue(Account with { Fault = fault }, repair with { State = EvidenceState.Undone }));
    }

    [Fact]
    public void A_fault_whose_repair_counts_for_no_line_is_done_when_it_was_found_and_repaired()
    {
        var check = AssignmentStates.Checks(Account, new TaskMaterial([], [], []) { FoundAndRepaired = true })[0];

        Assert.Equal((true, "the fault that was seeded was found and repaired"), (check.IsTrue, check.Observed));
    }

    [Fact]
    public void Whom_a_rule_does_not_concern_keeps_nobody_from_being_done() =>
        Assert.True(Rule(Account with { Target = null }, Found("root", Verdict.NotApplicable), Found("svc", Verdict.Exempt), Found("noor", Verdict.Pass)).IsTrue);

    [Theory]
    [InlineData(Verdict.Pass, true), InlineData(Verdict.Fail, false), InlineData(Verdict.Unknown, false), InlineData(Verdict.Error, false), InlineData(Verdict.NotApplicable, false), InlineData(Verdict.Exempt, false)]
    public void Only_a_pass_makes_a_rule_true(Verdict verdict, bool done) => Assert.Equal(done, Rule(Account with { Target = null }, Found("", verdict)).IsTrue);

    [Fact]
    public void A_rule_without_a_finding_is_not_true_yet() => Assert.Equal((false, (string?)null), (Rule(Account).IsTrue, Rule(Account).Observed));

    [Fact]
    public void A_rule_of_each_account_is_asked_of_the_one_that_the_task_is_about_else_of_all()
    {
        Finding[] found = [Found("noor", Verdict.Pass), Found("elif", Verdict.Fail)];

        Assert.True(Rule(Account, found).IsTrue);
        Assert.False(Rule(Account with { Target = null }, found).IsTrue);
    }

    [Theory]
    [InlineData(-1, AssignmentStanding.Planned), InlineData(0, AssignmentStanding.Open), InlineData(47, AssignmentStanding.Open), InlineData(48, AssignmentStanding.Missed)]
    public void It_stays_open_for_a_day_after_its_end_for_what_arrives_late(double hours, AssignmentStanding standing) => Assert.Equal(standing, AssignmentStates.Of(Account, From.AddHours(hours)));

    [Fact]
    public void What_is_done_stays_done_and_what_was_withdrawn_is_open_no_more()
    {
        Assert.Equal(AssignmentStanding.Completed, AssignmentStates.Of(Account with { CompletedAt = From }, From.AddDays(9)));
        Assert.Equal(AssignmentStanding.Withdrawn, AssignmentStates.Of(Account with { WithdrawnAt = From }, From));
    }

    private static bool IsTrue(AssignmentTask task, TaskChange change) => AssignmentStates.Checks(task, new TaskMaterial([change], [], []))[0].IsTrue;

    private static AssignmentCheck Rule(AssignmentTask task, params Finding[] found) => AssignmentStates.Checks(task with { Rules = ["password.max_age_days"] }, new TaskMaterial([], [], found))[1];

    private static TaskChange Change(string target, double hours, EvidenceState state = EvidenceState.Held) => new("1.3", "account.added", target, state, "the account noor", From.AddHours(hours));

    private static Finding Found(string subject, Verdict verdict) => new() { Rule = "password.max_age_days", Subject = subject, Verdict = verdict, Expected = "1 to 180 days", Observed = "90 days" };
}
