using Sandbox.Evidence;
using Sandbox.Evidence.Passwords;
using Sandbox.Protocol;

namespace Sandbox.Tests.Evidence;

public sealed class DevicePolicyRules
{
    [Theory]
    [InlineData(11u, Verdict.Fail), InlineData(12u, Verdict.Pass), InlineData(20u, Verdict.Pass)]
    public void The_length_in_force_is_what_counts(uint length, Verdict expected)
    {
        var finding = Judge(new MinimumLength(12), new() { EffectiveMinLength = length, ConfiguredMinLength = 40 });

        Assert.Equal((expected, $"{length} characters"), (finding.Verdict, finding.Observed));
    }

    [Fact]
    public void A_stack_that_checks_no_length_fails()
    {
        var finding = Judge(new MinimumLength(12), new() { QualityEnforced = false });

        Assert.Equal((Verdict.Fail, "nothing in the password stack checks the length"), (finding.Verdict, finding.Observed));
    }

    [Fact]
    public void A_stack_that_nobody_could_read_is_unknown_with_the_reason()
    {
        var policy = new Protocol.PasswordPolicy { Unseen = { new Unseen { What = "/etc/pam.d/common-password", Why = "permission denied" } } };

        var finding = Judge(new MinimumLength(12), policy);

        Assert.Equal(Verdict.Unknown, finding.Verdict);
        Assert.Equal("the agent cannot read /etc/pam.d/common-password: permission denied", finding.Reason);
    }

    [Fact]
    public void A_value_that_does_not_parse_is_an_error_that_names_file_and_line()
    {
        var setting = new ConfiguredSetting { Name = "pwquality.minlen" };
        var line = new PamLine { Type = "password", Module = "pam_pwquality.so" };
        setting.Definitions.Add(new SettingDefinition { Path = "/etc/security/pwquality.conf", Line = 3, Value = "abc" });

        var finding = Judge(new MinimumLength(12), new() { QualityEnforced = true, Settings = { setting }, PamLines = { line } });

        Assert.Equal((Verdict.Error, "abc"), (finding.Verdict, finding.Observed));
        Assert.Equal("/etc/security/pwquality.conf line 3: this value has no meaning there", finding.Reason);
    }

    [Theory]
    [InlineData(4u, Verdict.Fail), InlineData(5u, Verdict.Pass)]
    public void History_must_be_long_enough(uint remembered, Verdict expected) =>
        Assert.Equal(expected, Judge(new PasswordHistory(5), new() { History = remembered }).Verdict);

    [Fact]
    public void A_stack_that_remembers_nothing_fails() =>
        Assert.Equal(Verdict.Fail, Judge(new PasswordHistory(5), new() { QualityEnforced = true }).Verdict);

    [Theory]
    [InlineData(0u, Verdict.Fail), InlineData(1u, Verdict.Pass), InlineData(5u, Verdict.Pass), InlineData(6u, Verdict.Fail)]
    public void Too_many_tries_and_endless_tries_fail(uint tries, Verdict expected) =>
        Assert.Equal(expected, Judge(new LockoutThreshold(1, 5), new() { LockoutThreshold = tries }).Verdict);

    [Fact]
    public void A_stack_without_lockout_fails() =>
        Assert.Equal(Verdict.Fail, Judge(new LockoutThreshold(1, 5), new() { EmptyPasswordsAccepted = false }).Verdict);

    [Theory]
    [InlineData(899u, Verdict.Fail), InlineData(900u, Verdict.Pass)]
    public void A_lock_must_last(uint seconds, Verdict expected) =>
        Assert.Equal(expected, Judge(new LockoutDuration(900), new() { LockoutThreshold = 3, LockoutSeconds = seconds }).Verdict);

    [Fact]
    public void A_lock_that_only_an_administrator_opens_is_long_enough() =>
        Assert.Equal(Verdict.Pass, Judge(new LockoutDuration(900), new() { LockoutThreshold = 3, LockoutPermanent = true }).Verdict);

    [Fact]
    public void A_long_lock_that_no_number_of_tries_brings_about_is_none() =>
        Assert.Equal(Verdict.Fail, Judge(new LockoutDuration(900), new() { LockoutThreshold = 0, LockoutSeconds = 9000 }).Verdict);

    [Theory]
    [InlineData("yescrypt", Verdict.Pass), InlineData("sha512", Verdict.Pass), InlineData("md5", Verdict.Fail)]
    public void Only_slow_hashes_pass(string scheme, Verdict expected) =>
        Assert.Equal(expected, Judge(new NewHashScheme(["yescrypt", "sha512"]), new() { HashScheme = scheme }).Verdict);

    [Fact]
    public void A_scheme_that_nobody_names_is_unknown() =>
        Assert.Equal(Verdict.Unknown, Judge(new NewHashScheme(["yescrypt"]), new()).Verdict);

    private static Finding Judge(IRule rule, Protocol.PasswordPolicy policy) =>
        Assert.Single(rule.Judge(Reported.Facts(policy), Reported.Now).Findings);
}
