using Sandbox.Evidence;
using Sandbox.Evidence.Passwords;
using Sandbox.Protocol;
using static Sandbox.Protocol.Account.Types;

namespace Sandbox.Tests.Evidence;

public sealed class AccountAges
{
    private static readonly AccountMaxAge Rule = new(new Rotation(1, 180, GraceDays: 7));

    [Fact]
    public void A_password_that_is_young_enough_passes_until_the_day_after_it_is_due()
    {
        var judgement = Judge(Anna(changed: Reported.Today - 10, max: 90));

        var finding = Assert.Single(judgement.Findings);
        Assert.Equal(
            ("password.max_age_days", "anna", Verdict.Pass, "changed on 2026-11-13, due on 2027-02-11"),
            (finding.Rule, finding.Subject, finding.Verdict, finding.Observed));
        Assert.Equal(new DateTimeOffset(2027, 2, 12, 0, 0, 0, TimeSpan.Zero), judgement.NextInstant);
    }

    [Fact]
    public void On_the_day_it_is_due_it_is_not_overdue() => Assert.Null(Finding(Anna(Reported.Today - 90, 90)).Reason);

    [Fact]
    public void In_grace_it_passes_with_words_until_grace_ends()
    {
        var judgement = Judge(Anna(Reported.Today - 91, 90));

        Assert.Equal((Verdict.Pass, "overdue; grace ends with 2026-11-29"), (judgement.Findings[0].Verdict, judgement.Findings[0].Reason));
        Assert.Equal(new DateTimeOffset(2026, 11, 30, 0, 0, 0, TimeSpan.Zero), judgement.NextInstant);
    }

    [Theory]
    [InlineData(97, Verdict.Pass), InlineData(98, Verdict.Fail)]
    public void After_grace_it_fails(int daysAgo, Verdict expected) => Assert.Equal(expected, Finding(Anna(Reported.Today - daysAgo, 90)).Verdict);

    [Fact]
    public void The_verdict_turns_exactly_at_the_next_instant()
    {
        var facts = Reported.Facts(new Protocol.Accounts { Accounts_ = { Anna(Reported.Today - 97, 90) } });
        var turn = Rule.Judge(facts, Reported.Now).NextInstant!.Value;

        Assert.Equal(Verdict.Pass, Rule.Judge(facts, turn.AddTicks(-1)).Findings[0].Verdict);
        Assert.Equal(Verdict.Fail, Rule.Judge(facts, turn).Findings[0].Verdict);
    }

    [Theory]
    [InlineData(180L, Verdict.Pass), InlineData(181L, Verdict.Fail), InlineData(0L, Verdict.Fail), InlineData(1L, Verdict.Pass)]
    [InlineData(9999L, Verdict.Fail), InlineData(10_000L, Verdict.Fail), InlineData(99_999L, Verdict.Fail), InlineData(null, Verdict.Fail)]
    public void The_age_it_may_reach_is_within_the_policy(long? max, Verdict expected) =>
        Assert.Equal(expected, Finding(Anna(Reported.Today, max)).Verdict);

    [Theory]
    [InlineData(null, "ageing is off: no day of the last change is on record"), InlineData(0L, "that has not happened yet")]
    [InlineData(Reported.Today + 2L, "that day lies in the future"), InlineData((long)int.MaxValue, "that day lies in the future")]
    public void A_last_change_that_is_none_fails_with_the_reason(long? changed, string expected)
    {
        var finding = Finding(Anna(changed, 90));

        Assert.Equal((Verdict.Fail, expected), (finding.Verdict, finding.Reason));
    }

    [Fact]
    public void A_clock_that_is_a_day_ahead_is_forgiven() => Assert.Equal(Verdict.Pass, Finding(Anna(Reported.Today + 1, 90)).Verdict);

    [Theory]
    [InlineData(PasswordState.Locked, "its password is locked"), InlineData(PasswordState.None, "no password can match")]
    [InlineData(PasswordState.Empty, "it has no password to change: see account.empty_password")]
    [InlineData(PasswordState.Invalid, "its password field matches no password")]
    public void Without_a_password_there_is_nothing_to_change(PasswordState state, string expected)
    {
        var anna = Anna(Reported.Today - 500, 90);
        anna.PasswordState = state;

        Assert.Equal((Verdict.NotApplicable, expected), (Finding(anna).Verdict, Finding(anna).Reason));
    }

    [Fact]
    public void A_shell_that_lets_nobody_in_is_not_applicable()
    {
        var anna = Anna(Reported.Today - 500, 90);
        anna.ShellClass = ShellClass.NoLogin;

        Assert.Equal(Verdict.NotApplicable, Finding(anna).Verdict);
    }

    [Fact]
    public void An_account_that_ended_is_not_applicable_and_one_that_will_end_is_judged_again_then()
    {
        var anna = Anna(Reported.Today, 90);
        anna.AccountExpiresDay = Reported.Today;
        Assert.Equal((Verdict.NotApplicable, "the account ended on 2026-11-23"), (Finding(anna).Verdict, Finding(anna).Reason));

        anna.AccountExpiresDay = Reported.Today + 1;
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero), Judge(anna).NextInstant);
    }

    [Fact]
    public void A_shadow_file_that_nobody_could_read_is_unknown_for_each_account()
    {
        var anna = Anna(null, null);
        anna.ClearPasswordState();
        var accounts = new Protocol.Accounts { Accounts_ = { anna }, Unseen = { new Unseen { What = "/etc/shadow", Why = "permission denied" } } };

        var finding = Assert.Single(Rule.Judge(Reported.Facts(accounts), Reported.Now).Findings);

        Assert.Equal((Verdict.Unknown, "anna"), (finding.Verdict, finding.Subject));
        Assert.Equal("the agent cannot read /etc/shadow: permission denied", finding.Reason);
    }

    [Fact]
    public void Root_is_judged_and_system_accounts_are_not()
    {
        var root = Anna(Reported.Today, 99_999);
        (root.Name, root.Uid) = ("root", 0);
        var service = Anna(Reported.Today, 99_999);
        (service.Name, service.System) = ("service", true);

        Assert.Equal(["root"], Judge(root, service).Findings.Select(finding => finding.Subject));
    }

    [Fact]
    public void A_device_without_people_is_not_applicable()
    {
        var service = Anna(Reported.Today, 90);
        service.System = true;

        Assert.Equal((Verdict.NotApplicable, "no person has an account on this device"), (Finding(service).Verdict, Finding(service).Reason));
    }

    [Fact]
    public void A_device_whose_accounts_nobody_could_read_is_unknown() => Assert.Equal(Verdict.Unknown, Assert.Single(Judge().Findings).Verdict);

    [Fact]
    public void Accounts_of_a_directory_are_unknown_beside_the_local_ones()
    {
        var accounts = new Protocol.Accounts { Accounts_ = { Anna(Reported.Today, 90) }, Directories = { "sss" } };

        var findings = Rule.Judge(Reported.Facts(accounts), Reported.Now).Findings;

        Assert.Equal([("anna", Verdict.Pass), (EachAccount.OfDirectories, Verdict.Unknown)], findings.Select(f => (f.Subject, f.Verdict)));
    }

    [Fact]
    public void A_name_that_a_broken_agent_sends_twice_is_judged_once() =>
        Assert.Single(Judge(Anna(Reported.Today, 90), Anna(Reported.Today, 90)).Findings);

    [Fact]
    public void The_earliest_of_all_accounts_is_the_next_instant()
    {
        var bert = Anna(Reported.Today - 80, 90);
        bert.Name = "bert";

        Assert.Equal(new DateTimeOffset(2026, 12, 4, 0, 0, 0, TimeSpan.Zero), Judge(Anna(Reported.Today, 90), bert).NextInstant);
    }

    private static Finding Finding(Account account) => Assert.Single(Judge(account).Findings);

    private static Judgement Judge(params IEnumerable<Account> accounts) =>
        Rule.Judge(Reported.Facts(new Protocol.Accounts { Accounts_ = { accounts } }), Reported.Now);

    private static Account Anna(long? changed, long? max)
    {
        var account = new Account { Name = "anna", Uid = 1000, ShellClass = ShellClass.Login, PasswordState = PasswordState.Set };
        if (changed is { } day) account.LastChangeDay = day;
        if (max is { } days) account.MaxDays = days;
        return account;
    }
}
