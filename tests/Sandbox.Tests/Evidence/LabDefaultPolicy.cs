using Sandbox.Evidence;
using Sandbox.Protocol;

namespace Sandbox.Tests.Evidence;

public sealed class LabDefaultPolicy
{
    [Fact]
    public void A_device_that_reported_nothing_is_unknown_everywhere()
    {
        var judgement = LabDefault.Judge(new DeviceFacts(), Reported.Now);

        Assert.All(judgement.Findings, finding => Assert.Equal(Verdict.Unknown, finding.Verdict));
    }

    [Fact]
    public void An_unknown_finding_always_says_why()
    {
        var judgement = LabDefault.Judge(Reported.Facts(new Protocol.PasswordPolicy()), Reported.Now);

        Assert.All(judgement.Findings, finding => Assert.NotNull(finding.Reason));
    }

    [Fact]
    public void Each_rule_and_subject_comes_once()
    {
        var judgement = LabDefault.Judge(new DeviceFacts(), Reported.Now);

        Assert.Distinct(judgement.Findings.Select(finding => (finding.Rule, finding.Subject)));
    }

    [Fact]
    public void A_finding_cites_the_report_it_rests_on()
    {
        var judgement = LabDefault.Judge(Reported.Facts(new Protocol.PasswordPolicy { EffectiveMinLength = 12 }), Reported.Now);

        var finding = judgement.Findings.Single(f => f.Rule == "password.min_length");
        Assert.Equal((7, Reported.Now), (finding.ReportId, finding.LastVerified));
    }
}
