using Sandbox.Evidence;
using Sandbox.Evidence.Policies;
using Sandbox.Protocol;

namespace Sandbox.Tests.Evidence.Policies;

/// <summary>What <c>value</c>, <c>strict_conflicts</c>, <c>require_explicit</c> and <c>scope</c> make of a rule.</summary>
public sealed class PlacesOfSettings
{
    [Theory, InlineData("", Verdict.Fail, "10 characters"), InlineData(", value: effective", Verdict.Fail, "10 characters"), InlineData(", value: configured", Verdict.Pass, "14")]
    public void The_length_is_what_is_in_force_unless_what_is_written_is_asked_for(string settings, Verdict expected, string observed)
    {
        // Four credits lower 14 to 10.
        var fact = new Fact { PasswordPolicy = new PasswordPolicy { EffectiveMinLength = 10, QualityEnforced = true, Settings = { Set("pwquality.minlen", "14", "14") } } };

        var finding = OneRule.Of($"id: password.min_length, expect: {{ op: \">=\", value: 12 }}{settings}", fact);

        Assert.Equal((expected, observed), (finding.Verdict, finding.Observed));
    }

    [Fact]
    public void What_is_written_is_asked_for_whether_or_not_anything_reads_it()
    {
        const string Rule = "id: pwquality.minclass, expect: { op: \">=\", value: 3 }, value: configured";
        var idle = new ConfiguredSetting { Name = "pwquality.minclass", Definitions = { new SettingDefinition { Path = "/a", Line = 1, Value = "4" } } };

        Assert.Equal(Verdict.Pass, OneRule.Of(Rule, new Fact { PasswordPolicy = new PasswordPolicy { QualityEnforced = false, Settings = { idle } } }).Verdict);
        Assert.Equal((Verdict.Fail, "nothing sets it"), OneRule.Of(Rule, new Fact { PasswordPolicy = new PasswordPolicy { QualityEnforced = false, Settings = { Set("login.defs.UMASK", "022", "022") } } }) is var found ? (found.Verdict, found.Observed) : default);
        Assert.Equal(Verdict.Unknown, OneRule.Of(Rule, new Fact { PasswordPolicy = new PasswordPolicy() }).Verdict);
    }

    [Theory]
    [InlineData("maxrepeat", "0", Verdict.Fail), InlineData("maxrepeat", "3", Verdict.Pass), InlineData("maxrepeat", "4", Verdict.Fail), InlineData("maxsequence", "0", Verdict.Fail), InlineData("maxclassrepeat", "0", Verdict.Fail)]
    public void A_limit_of_0_is_none(string name, string value, Verdict expected) =>
        Assert.Equal(expected, OneRule.Of($"id: pwquality.{name}, expect: {{ op: \"<=\", value: 3 }}", Quality(Set($"pwquality.{name}", value, value))).Verdict);

    [Theory, InlineData("0777", Verdict.Fail), InlineData("077", Verdict.Pass), InlineData("022", Verdict.Fail)]
    public void A_mask_by_which_sudo_sets_none_is_not_strict(string value, Verdict expected) =>
        Assert.Equal(expected, OneRule.Of("id: sudo.umask, expect: { op: no_looser, value: 027 }", new Fact { AdminRights = new AdminRights { SudoInstalled = true, Settings = { Set("umask", value, value) } } }).Verdict);

    [Theory, InlineData("", Verdict.Pass, "/a line 2"), InlineData(", strict_conflicts: true", Verdict.Fail, "/a line 1 says 0"), InlineData(", strict_conflicts: false", Verdict.Pass, "/a line 2")]
    public void Places_that_contradict_each_other_fail_where_that_is_asked_for(string settings, Verdict expected, string reason)
    {
        var finding = OneRule.Of($"id: pwquality.minclass, expect: {{ op: \">=\", value: 3 }}{settings}", Quality(Set("pwquality.minclass", "4", "0", "4")));

        Assert.Equal((expected, reason), (finding.Verdict, finding.Reason));
    }

    [Theory, InlineData("", Verdict.Pass, "the program's own default"), InlineData(", require_explicit: true", Verdict.Fail, "nothing sets it: it is the program's own default")]
    public void A_default_that_happens_to_be_right_is_not_enough_where_that_is_asked_for(string settings, Verdict expected, string reason)
    {
        var fact = new Fact { RemoteAccess = new RemoteAccess { SshdInstalled = true, SshdSettings = { Set("PermitEmptyPasswords", "no") } } };

        var finding = OneRule.Of($"id: ssh.permit_empty_passwords, expect: {{ op: in, values: [\"no\"] }}{settings}", fact);

        Assert.Equal((expected, reason), (finding.Verdict, finding.Reason));
    }

    [Fact]
    public void Rules_that_look_at_what_is_in_force_take_the_places_in_as_well()
    {
        var policy = new PasswordPolicy { LockoutThreshold = 3, LockoutPermanent = true, Settings = { Set("faillock.deny", "3"), Set("faillock.unlock_time", "0", "never", "60") } };

        Assert.Equal(Verdict.Pass, OneRule.Of("id: lockout.threshold, expect: { op: between, min: 1, max: 4 }", new Fact { PasswordPolicy = policy }).Verdict);
        Assert.Equal(Verdict.Fail, OneRule.Of("id: lockout.threshold, expect: { op: between, min: 1, max: 4 }, require_explicit: true", new Fact { PasswordPolicy = policy }).Verdict);
        Assert.Equal(Verdict.Pass, OneRule.Of("id: lockout.unlock_seconds, expect: { op: unlimited }, require_explicit: true", new Fact { PasswordPolicy = policy }).Verdict);
        Assert.Equal(Verdict.Fail, OneRule.Of("id: lockout.unlock_seconds, expect: { op: unlimited }, strict_conflicts: true", new Fact { PasswordPolicy = policy }).Verdict);
    }

    [Fact]
    public void A_second_question_for_the_password_contradicts_a_lockout()
    {
        var line = new PamLine { Path = "/etc/pam.d/common-auth", Line = 27, Type = "auth", Module = "pam_unix.so" };
        var policy = new PasswordPolicy { LockoutThreshold = 3, PamLines = { line, line } };

        Assert.Equal(Verdict.Pass, OneRule.Of("id: lockout.threshold, expect: { op: \"<=\", value: 4 }, require_explicit: false", new Fact { PasswordPolicy = policy }).Verdict);
        Assert.Equal("/etc/pam.d/common-auth line 27 asks for the password once more", OneRule.Of("id: lockout.threshold, expect: { op: \"<=\", value: 4 }, strict_conflicts: true", new Fact { PasswordPolicy = policy }).Reason);
    }

    [Theory, InlineData("", 2), InlineData(", scope: [new_accounts]", 1), InlineData(", scope: [accounts]", 1), InlineData(", scope: [accounts, new_accounts]", 2)]
    public void The_age_is_asked_of_new_accounts_of_those_that_there_are_or_of_both(string scope, int findings) =>
        Assert.Equal(findings, OneRule.All($"id: password.max_age_days, expect: {{ op: \"<=\", value: 90 }}{scope}", null).Count);

    [Fact]
    public void What_is_asked_of_the_places_is_said_and_inherited()
    {
        var parent = PolicyReader.Read("schema: 1\nid: strict\nversion: 1\ntitle: t\nextends: lab-default\nrules:\n  - { id: password.history, strict_conflicts: true, require_explicit: true }\n").Policy;
        var child = PolicyReader.Read("schema: 1\nid: own\nversion: 1\ntitle: t\nextends: strict\nrules:\n  - { id: password.history, require_explicit: false }\n", _ => parent).Policy!;

        Assert.Contains("the last 5 passwords or more are refused, in every place that sets it", child.Judge(new DeviceFacts(), Reported.Now).Findings.Select(finding => finding.Expected));
        Assert.False(child.DemandsTheSameAs(parent!));
    }

    private static Fact Quality(ConfiguredSetting setting) => new() { PasswordPolicy = new PasswordPolicy { QualityEnforced = true, Settings = { setting } } };

    private static ConfiguredSetting Set(string name, string effective, params string[] places)
    {
        var setting = new ConfiguredSetting { Name = name, Effective = effective };
        foreach (var value in places) setting.Definitions.Add(new SettingDefinition { Path = "/a", Line = (uint)setting.Definitions.Count + 1, Value = value });
        return setting;
    }
}
