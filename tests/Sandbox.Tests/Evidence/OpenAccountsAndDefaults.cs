using Sandbox.Evidence;
using Sandbox.Evidence.Passwords;
using Sandbox.Protocol;
using static Sandbox.Protocol.Account.Types;

namespace Sandbox.Tests.Evidence;

public sealed class OpenAccountsAndDefaults
{
    [Fact]
    public void An_empty_password_fails_loudly_and_by_name()
    {
        var finding = Empty(new() { Accounts_ = { Account("anna", PasswordState.Empty), Account("bert", PasswordState.Set) } });

        Assert.Equal((Verdict.Fail, Severity.High, "1 without: anna"), (finding.Verdict, finding.Severity, finding.Observed));
    }

    [Fact]
    public void Many_names_are_cut_short()
    {
        var many = Enumerable.Range(1, 7).Select(n => Account($"a{n}", PasswordState.Empty));

        Assert.Equal("7 without: a1, a2, a3, a4, a5 and 2 more", Empty(new() { Accounts_ = { many } }).Observed);
    }

    [Fact]
    public void When_every_account_is_known_to_have_one_it_passes() =>
        Assert.Equal(Verdict.Pass, Empty(new() { Accounts_ = { Account("anna", PasswordState.None) } }).Verdict);

    [Fact]
    public void A_shadow_file_that_nobody_could_read_is_unknown()
    {
        var finding = Empty(new()
        {
            Accounts_ = { Account("anna", null) },
            Unseen = { new Unseen { What = "/etc/shadow", Why = "permission denied" } },
        });

        Assert.Equal((Verdict.Unknown, "the agent cannot read /etc/shadow: permission denied"), (finding.Verdict, finding.Reason));
    }

    [Fact]
    public void An_account_that_shadow_does_not_know_is_not_open() =>
        Assert.Equal(Verdict.Pass, Empty(new() { Accounts_ = { Account("anna", null) } }).Verdict);

    [Fact]
    public void No_accounts_at_all_is_unknown() => Assert.Equal(Verdict.Unknown, Empty(new()).Verdict);

    [Theory]
    [InlineData(180L, Verdict.Pass, "every 180 days"), InlineData(181L, Verdict.Fail, "every 181 days"), InlineData(0L, Verdict.Fail, "every 0 days")]
    [InlineData(-1L, Verdict.Fail, "new accounts never have to"), InlineData(99_999L, Verdict.Fail, "new accounts never have to")]
    public void New_accounts_must_get_an_age_within_the_policy(long days, Verdict verdict, string observed)
    {
        var finding = Default(new() { DefaultMaxAgeDays = days });

        Assert.Equal((verdict, observed), (finding.Verdict, finding.Observed));
    }

    [Fact]
    public void Login_defs_without_the_setting_means_never() =>
        Assert.Equal(Verdict.Fail, Default(new() { Settings = { new ConfiguredSetting { Name = "login.defs.PASS_MIN_DAYS", Effective = "0" } } }).Verdict);

    [Fact]
    public void Login_defs_that_nobody_could_read_is_unknown() =>
        Assert.Equal(Verdict.Unknown, Default(new() { Unseen = { new Unseen { What = "/etc/login.defs", Why = "permission denied" } } }).Verdict);

    [Fact]
    public void A_stack_that_was_read_in_part_does_not_prove_that_nothing_locks()
    {
        var policy = new Protocol.PasswordPolicy
        {
            EmptyPasswordsAccepted = true,
            Unseen = { new Unseen { What = "/etc/pam.d/common-auth", Why = "permission denied" } },
        };

        Assert.Equal(Verdict.Unknown, new LockoutThreshold(1, 5).Judge(Reported.Facts(policy), Reported.Now).Findings[0].Verdict);
    }

    private static Finding Empty(Protocol.Accounts accounts) =>
        Assert.Single(new EmptyPasswords().Judge(Reported.Facts(accounts), Reported.Now).Findings);

    private static Finding Default(Protocol.PasswordPolicy policy) =>
        Assert.Single(new DefaultMaxAge(1, 180).Judge(Reported.Facts(policy), Reported.Now).Findings);

    private static Account Account(string name, PasswordState? state)
    {
        var account = new Account { Name = name, Uid = 1000 };
        if (state is { } known) account.PasswordState = known;
        return account;
    }
}
