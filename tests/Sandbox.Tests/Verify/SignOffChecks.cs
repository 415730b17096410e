using Sandbox.Protocol;

namespace Sandbox.Tests.Verify;

/// <summary>Who may sign what, in which order, by what the log says itself.</summary>
public sealed class SignOffChecks
{
    private readonly MadeLog _log = new(Sample.Key);

    public SignOffChecks() => _log.AddRole(People.Mia, "Mia Mentor", "mentor");

    [Fact]
    public async Task A_decision_that_is_left_out_of_the_log_is_named()
    {
        _log.AddDecision(1);
        _log.AddDecision(3);

        await FaultAsync(2, "this is decision 3 about 1.3 ojt of Ada Lovelace, but decision 2 is not in the log");
    }

    [Fact]
    public async Task A_first_decision_that_is_left_out_is_named()
    {
        _log.AddDecision(2);

        await FaultAsync(1, "decision 1 is not in the log");
    }

    [Fact]
    public async Task Where_the_scope_begins_later_the_first_may_be_before_it()
    {
        _log.AddDecision(4);

        Assert.Empty((await (await _log.ExportAsync(new BundleExported { From = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch) })).VerifyAsync(Sample.Key)).Faults);
    }

    [Fact]
    public async Task A_number_that_comes_twice_is_named()
    {
        _log.AddDecision(1);
        _log.AddDecision(1);

        await FaultAsync(2, "but decision 1 stood in the log before");
    }

    [Fact]
    public async Task Numbers_that_go_back_are_named()
    {
        _log.AddDecision(1);
        _log.AddDecision(2);
        _log.AddDecision(1);

        await FaultAsync(3, "but decision 2 stood in the log before");
    }

    [Fact]
    public async Task Columns_and_lines_are_numbered_each_for_itself()
    {
        _log.AddDecision(1);
        _log.AddDecision(1, decided => decided.Column = "ri");
        _log.AddDecision(1, decided => decided.Line = "1.4");

        Assert.Empty((await (await _log.ExportAsync()).VerifyAsync(Sample.Key)).Faults);
    }

    [Fact]
    public async Task A_hole_that_an_erasure_may_have_left_is_a_remark()
    {
        _log.EraseAndSay(People.Ada, _log.AddDecision(1));
        _log.AddDecision(2);

        var report = await (await _log.ExportAsync()).VerifyAsync(Sample.Key);

        Assert.Equal(0, report.ExitCode);
        Assert.Contains(report.Remarks, remark => remark.What.EndsWith("decision 1 is not in the log, or was erased", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("apprentice", false, "Mia Mentor was apprentice then, not mentor"), InlineData("mentor", true, "Mia Mentor was locked then"), InlineData(null, false, "Mia Mentor had no role any more then")]
    public async Task Who_signs_in_a_role_that_they_did_not_have_is_named(string? role, bool locked, string words)
    {
        _log.AddRole(People.Mia, "Mia Mentor", role, locked);
        _log.AddDecision(1);

        await FaultAsync(2, words);
    }

    [Fact]
    public async Task A_role_that_was_given_later_does_not_count()
    {
        _log.AddRole(People.Mia, "Mia Mentor", "auditor");
        _log.AddDecision(1);
        _log.AddRole(People.Mia, "Mia Mentor", "mentor");

        await FaultAsync(2, "Mia Mentor was auditor then");
    }

    [Fact]
    public async Task A_role_that_was_taken_later_does_no_harm()
    {
        _log.AddDecision(1);
        _log.AddRole(People.Mia, "Mia Mentor", null);

        Assert.Empty((await (await _log.ExportAsync()).VerifyAsync(Sample.Key)).Faults);
    }

    [Theory]
    [InlineData("apprentice"), InlineData("auditor"), InlineData("")]
    public async Task Nobody_but_mentors_and_admins_decides(string role)
    {
        _log.AddRole(People.Mia, "Mia Mentor", role);
        _log.AddDecision(1, decided => decided.Role = role);

        await FaultAsync(2, "mentors and admins decide");
    }

    [Fact]
    public async Task Of_whom_the_log_says_no_role_that_is_said()
    {
        _log.AddDecision(1, decided => decided.DecidedBy = People.NewId());

        var report = await (await _log.ExportAsync()).VerifyAsync(Sample.Key);

        Assert.Equal(0, report.ExitCode);
        Assert.Contains(report.Remarks, remark => remark.Where == "entry 1" && remark.What.Contains("which role Mia Mentor had by then", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_returned_something_within_a_session_is_not_called_confirmed()
    {
        _log.AddDecision(1, decided => (decided.Decision, decided.ConfirmedBy) = ("returned", ""));

        var report = await (await _log.ExportAsync()).VerifyAsync(Sample.Key);

        Assert.Equal("signed in; the server vouches for it", Assert.Single(report.Shows!.Decisions).VouchedBy);
    }

    private async Task FaultAsync(long index, string words)
    {
        var report = await (await _log.ExportAsync()).VerifyAsync(Sample.Key);

        Assert.Equal(1, report.ExitCode);
        Assert.Contains(report.Faults, fault => fault.Where == $"entry {index}" && fault.What.Contains(words, StringComparison.Ordinal));
    }
}
