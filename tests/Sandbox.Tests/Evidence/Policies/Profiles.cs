using Sandbox.Evidence;
using Sandbox.Evidence.Policies;
using Sandbox.Protocol;
using static Sandbox.Protocol.Account.Types;

namespace Sandbox.Tests.Evidence.Policies;

/// <summary>The policies that come with Sandbox, what extends them, and what they say of one machine.</summary>
public sealed class Profiles
{
    public static TheoryData<string> All => [.. PolicyProfiles.Ids];

    [Theory, MemberData(nameof(All))]
    public void A_profile_is_a_policy_of_its_own_name(string id)
    {
        var policy = PolicyProfiles.Find(id)!;

        Assert.Equal((id, $"{id}/2"), (policy.Id, policy.Name));
        Assert.NotNull(policy.Source);
        Assert.NotEmpty(policy.Judge(new DeviceFacts(), Reported.Now).Findings);
    }

    [Theory, MemberData(nameof(All))]
    public void A_profile_knows_nothing_of_a_device_that_said_nothing(string id) =>
        Assert.All(PolicyProfiles.Find(id)!.Judge(new DeviceFacts(), Reported.Now).Findings, finding => Assert.Equal((Verdict.Unknown, true), (finding.Verdict, finding.Reason is not null)));

    [Theory]
    [InlineData("lab-default", "password.history password.min_length account.empty_password"), InlineData("cis-l1", "password.history password.max_age_days password.min_length account.empty_password lockout.threshold")]
    [InlineData("stig", "password.max_age_days password.min_length account.empty_password lockout.threshold lockout.unlock_seconds password.hash_scheme"), InlineData("nist-800-63b", "password.max_age_days password.min_length account.empty_password")]
    public void One_machine_fails_by_each_profile_what_that_forbids(string id, string fails)
    {
        var machine = Reported.Facts(
            new Protocol.PasswordPolicy { EffectiveMinLength = 8, DefaultMaxAgeDays = 180, History = 3, LockoutThreshold = 5, LockoutSeconds = 900, HashScheme = "yescrypt" },
            new Protocol.Accounts { Accounts_ = { new Account { Name = "guest", Uid = 1001, PasswordState = PasswordState.Empty } } });
        if (id == "cis-l1") fails = fails.Replace("password.max_age_days ", "", StringComparison.Ordinal);

        var failing = PolicyProfiles.Find(id)!.Judge(machine, Reported.Now).Findings.Where(finding => finding.Verdict == Verdict.Fail).Select(finding => finding.Rule).Distinct();

        Assert.Equal(fails.Split(' ').Order(StringComparer.Ordinal), failing.Order(StringComparer.Ordinal));
    }

    [Theory, InlineData("cis-l1", Severity.High), InlineData("stig", Severity.High), InlineData("lab-default", Severity.Medium)]
    public void A_missing_firewall_matters_as_much_as_the_profile_says(string id, Severity expected) =>
        Assert.Equal(expected, PolicyProfiles.Find(id)!.Judge(new DeviceFacts(), Reported.Now).Findings.Single(finding => finding.Rule == "firewall.active").Severity);

    [Fact]
    public void Definitions_of_Friday_are_young_enough_on_Monday() =>
        Assert.Contains("96 hours", PolicyProfiles.Find("lab-default")!.Judge(new DeviceFacts(), Reported.Now).Findings.Single(finding => finding.Rule == "av.signature_age_hours").Expected, StringComparison.Ordinal);

    [Fact]
    public void What_extends_a_policy_keeps_what_it_does_not_name()
    {
        var reading = PolicyReader.Read("schema: 1\nid: mine\nversion: 3\ntitle: Mine\nextends: cis-l1\nrules:\n  - { id: password.history, severity: low }\n  - { id: lockout.threshold, expect: { op: ignore } }\n");

        var findings = reading.Policy!.Judge(new DeviceFacts(), Reported.Now).Findings;
        Assert.Equal(("mine/3", "cis-l1/2"), (reading.Policy.Name, reading.Policy.Extends));
        Assert.DoesNotContain(findings, finding => finding.Rule == "lockout.threshold");
        Assert.Equal(("the last 24 passwords or more are refused", Severity.Low), findings.Where(finding => finding.Rule == "password.history").Select(finding => (finding.Expected, finding.Severity)).Single());
    }

    [Theory, InlineData(99_999, 0, Verdict.Pass), InlineData(90, 20_700, Verdict.Fail), InlineData(90, 0, Verdict.Fail), InlineData(null, 0, Verdict.Pass), InlineData(null, null, Verdict.Pass), InlineData(10_000, 20_700, Verdict.Pass)]
    public void By_NIST_no_age_alone_forces_a_change_of_password(int? maxDays, int? changed, Verdict expected)
    {
        var anna = new Account { Name = "anna", Uid = 1001, PasswordState = PasswordState.Set };
        if (maxDays is { } days) anna.MaxDays = days;
        if (changed is { } day) anna.LastChangeDay = day;

        var findings = PolicyProfiles.Find("nist-800-63b")!.Judge(Reported.Facts(new Protocol.Accounts { Accounts_ = { anna } }), Reported.Now).Findings;

        Assert.Equal(expected, findings.Single(finding => finding.Subject == "anna").Verdict);
    }

    [Theory, InlineData(99_999, Verdict.Pass), InlineData(-1, Verdict.Pass), InlineData(90, Verdict.Fail)]
    public void By_NIST_new_accounts_are_given_no_age(long days, Verdict expected)
    {
        var findings = PolicyProfiles.Find("nist-800-63b")!.Judge(Reported.Facts(new Protocol.PasswordPolicy { DefaultMaxAgeDays = days }), Reported.Now).Findings;

        Assert.Equal(expected, findings.Single(finding => finding is { Rule: "password.max_age_days", Subject: "" }).Verdict);
    }

    [Theory, InlineData(true, 0u, Verdict.Pass), InlineData(false, 900u, Verdict.Fail)]
    public void By_the_STIG_nobody_but_an_administrator_opens_an_account(bool permanent, uint seconds, Verdict expected)
    {
        var policy = new Protocol.PasswordPolicy { LockoutThreshold = 3 };
        if (permanent) policy.LockoutPermanent = true;
        else policy.LockoutSeconds = seconds;

        Assert.Equal(expected, PolicyProfiles.Find("stig")!.Judge(Reported.Facts(policy), Reported.Now).Findings.Single(finding => finding.Rule == "lockout.unlock_seconds").Verdict);
    }
}
