using Sandbox.Evidence;
using Sandbox.Protocol;
using Sandbox.Tests.Evidence.Policies;
using static Sandbox.Protocol.Account.Types;

namespace Sandbox.Tests.Evidence;

/// <summary>What else accounts are set to, or given: least age, warning, and days until an account is locked.</summary>
public sealed class OtherAges
{
    [Theory]
    [InlineData("password.min_age_days, expect: { op: \">=\", value: 1 }", 1L, Verdict.Pass), InlineData("password.min_age_days, expect: { op: \">=\", value: 1 }", 0L, Verdict.Fail), InlineData("password.min_age_days, expect: { op: \">=\", value: 1 }", null, Verdict.Fail)]
    [InlineData("password.warn_days, expect: { op: \">=\", value: 7 }", 7L, Verdict.Pass), InlineData("password.warn_days, expect: { op: \">=\", value: 7 }", 6L, Verdict.Fail), InlineData("password.warn_days, expect: { op: \">=\", value: 7 }", null, Verdict.Fail)]
    [InlineData("password.inactive_days, expect: { op: \"<=\", value: 35 }", 35L, Verdict.Pass), InlineData("password.inactive_days, expect: { op: \"<=\", value: 35 }", 36L, Verdict.Fail), InlineData("password.inactive_days, expect: { op: \"<=\", value: 35 }", null, Verdict.Fail)]
    public void Each_account_is_asked_for_its_own_number(string rule, long? days, Verdict expected)
    {
        var anna = new Account { Name = "anna", Uid = 1000, PasswordState = PasswordState.Set };
        if (days is { } known) (anna.MinDays, anna.WarnDays, anna.InactiveDays) = (known, known, known);

        var finding = OneRule.Of($"id: {rule}, scope: [accounts]", new Fact { Accounts = new Accounts { Accounts_ = { anna } } });

        Assert.Equal(("anna", expected), (finding.Subject, finding.Verdict));
    }

    [Theory]
    [InlineData("password.min_age_days, expect: { op: \">=\", value: 1 }", "login.defs.PASS_MIN_DAYS", "1", Verdict.Pass), InlineData("password.warn_days, expect: { op: \">=\", value: 7 }", "login.defs.PASS_WARN_AGE", "3", Verdict.Fail)]
    [InlineData("password.inactive_days, expect: { op: \"<=\", value: 35 }", "useradd.INACTIVE", "30", Verdict.Pass), InlineData("password.inactive_days, expect: { op: \"<=\", value: 35 }", "useradd.INACTIVE", "-1", Verdict.Fail), InlineData("password.inactive_days, expect: { op: \"<=\", value: 35 }", "x", "", Verdict.Fail)]
    [InlineData("login_defs.umask, expect: { op: no_looser, value: \"027\" }", "login.defs.UMASK", "077", Verdict.Pass), InlineData("login_defs.umask, expect: { op: no_looser, value: \"027\" }", "login.defs.UMASK", "022", Verdict.Fail)]
    [InlineData("login_defs.encrypt_method, expect: { op: in, values: [YESCRYPT] }", "login.defs.ENCRYPT_METHOD", "YESCRYPT", Verdict.Pass), InlineData("login_defs.encrypt_method, expect: { op: in, values: [YESCRYPT] }", "login.defs.ENCRYPT_METHOD", "SHA512", Verdict.Fail)]
    public void New_accounts_are_given_what_the_files_say(string rule, string setting, string value, Verdict expected)
    {
        var policy = new PasswordPolicy { Settings = { new ConfiguredSetting { Name = setting, Effective = value } } };

        Assert.Equal(expected, OneRule.All($"id: {rule}", new Fact { PasswordPolicy = policy }).Single(finding => finding.Subject.Length == 0).Verdict);
    }

    [Fact]
    public void What_nobody_could_read_is_unknown()
    {
        var policy = new PasswordPolicy { Unseen = { new Unseen { What = "/etc/login.defs", Why = "permission denied" } } };

        Assert.Equal((Verdict.Unknown, "the agent cannot read /etc/login.defs: permission denied"), OneRule.Of("id: login_defs.umask, expect: { op: no_looser, value: \"027\" }", new Fact { PasswordPolicy = policy }) is var found ? (found.Verdict, found.Reason) : default);
        Assert.Equal(Verdict.Unknown, OneRule.Of("id: login_defs.umask, expect: { op: no_looser, value: \"027\" }", new Fact { PasswordPolicy = new PasswordPolicy() }).Verdict);
    }

    [Fact]
    public void A_number_is_asked_for_and_not_whether_somebody_is_late()
    {
        var late = new Fact { Accounts = new Accounts { Accounts_ = { new Account { Name = "anna", Uid = 1000, PasswordState = PasswordState.Set, LastChangeDay = 18_648, MaxDays = 60 } } } };

        Assert.Equal(Verdict.Fail, OneRule.Of("id: password.max_age_days, expect: { op: \"<=\", value: 60 }, scope: [accounts]", late).Verdict);
        Assert.Equal(Verdict.Pass, OneRule.Of("id: password.max_age_days, expect: { op: \"<=\", value: 60 }, scope: [accounts], value: configured", late).Verdict);
    }
}
