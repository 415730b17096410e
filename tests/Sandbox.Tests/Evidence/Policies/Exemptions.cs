using Sandbox.Evidence;
using Sandbox.Evidence.Policies;
using Sandbox.Protocol;
using static Sandbox.Protocol.Account.Types;

namespace Sandbox.Tests.Evidence.Policies;

/// <summary>Who is left out of a rule, for how long, and what is said then.</summary>
public sealed class Exemptions
{
    private const string Kiosk = "0123456789abcdef0123456789abcdef";

    private const string Text = """
        schema: 1
        id: lab
        version: 1
        title: Lab
        extends: lab-default
        exemptions:
          - { rule: password.max_age_days, subject: svc-backup, reason: a service that nobody types a password for, until: 2026-11-30 }
          - { rule: password.min_length, device: 0123456789abcdef0123456789abcdef, reason: the kiosk's own program sets it, until: 2026-12-31 }
          - { rule: password.history, group: kiosks, role: workstation, reason: nobody has a password there, until: 2026-12-31 }
        """;

    private static DeviceFacts Facts() => Reported.Facts(
        new Protocol.PasswordPolicy { EffectiveMinLength = 8, History = 3 },
        new Protocol.Accounts { Accounts_ = { Never("svc-backup", 1001), Never("anna", 1002) } });

    [Fact]
    public void The_one_who_is_named_is_exempt_with_reason_and_end_and_nobody_else()
    {
        var findings = Judge(Reported.Now).Findings;

        var exempt = Assert.Single(findings, finding => finding.Verdict == Verdict.Exempt);
        Assert.Equal(("svc-backup", "exempt until 2026-11-30: a service that nobody types a password for"), (exempt.Subject, exempt.Reason));
        Assert.Equal(Verdict.Fail, findings.Single(finding => finding.Subject == "anna").Verdict);
    }

    [Fact]
    public void An_exemption_holds_to_the_end_of_its_last_day_and_says_when_to_look_again()
    {
        var end = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);

        Assert.Equal(end, Judge(Reported.Now).NextInstant);
        Assert.Contains(Judge(end.AddTicks(-1)).Findings, finding => finding.Verdict == Verdict.Exempt);
        Assert.DoesNotContain(Judge(end).Findings, finding => finding.Verdict == Verdict.Exempt);
    }

    [Theory, InlineData("0123456789abcdef0123456789abcdef", Verdict.Exempt), InlineData("fedcba9876543210fedcba9876543210", Verdict.Fail), InlineData(null, Verdict.Fail)]
    public void One_device_alone_may_be_left_out(string? device, Verdict expected) =>
        Assert.Equal(expected, Judge(Reported.Now, new AboutDevice { Device = device }).Findings.Single(finding => finding.Rule == "password.min_length").Verdict);

    [Theory, InlineData("kiosks", DeviceRole.Workstation, Verdict.Exempt), InlineData("kiosks", DeviceRole.Server, Verdict.Fail), InlineData("kiosks", null, Verdict.Fail), InlineData("benches", DeviceRole.Workstation, Verdict.Fail)]
    public void Devices_of_a_group_and_a_role_may_be_left_out(string group, DeviceRole? role, Verdict expected) =>
        Assert.Equal(expected, Judge(Reported.Now, new AboutDevice { Groups = new HashSet<string> { group }, Role = role }).Findings.Single(finding => finding.Rule == "password.history").Verdict);

    [Fact]
    public void Who_is_exempt_and_passes_passes()
    {
        var facts = Reported.Facts(new Protocol.PasswordPolicy { EffectiveMinLength = 14 });

        facts.About = new AboutDevice { Device = Kiosk };
        Assert.Equal(Verdict.Pass, Policy().Judge(facts, Reported.Now).Findings.Single(finding => finding.Rule == "password.min_length").Verdict);
    }

    [Fact]
    public void Who_is_exempt_and_of_whom_nothing_is_known_stays_not_known()
    {
        var finding = Policy().Judge(new DeviceFacts { About = new AboutDevice { Device = Kiosk } }, Reported.Now).Findings.Single(one => one.Rule == "password.min_length");

        Assert.Equal((Verdict.Unknown, "no password policy has been reported"), (finding.Verdict, finding.Reason));
    }

    private static Judgement Judge(DateTimeOffset now, AboutDevice? about = null)
    {
        var facts = Facts();
        facts.About = about ?? AboutDevice.Nothing;
        return Policy().Judge(facts, now);
    }

    private static Policy Policy() => PolicyReader.Read(Text).Policy!;

    private static Account Never(string name, uint uid) => new() { Name = name, Uid = uid, PasswordState = PasswordState.Set, LastChangeDay = Reported.Today - 10, MaxDays = 99_999 };
}
