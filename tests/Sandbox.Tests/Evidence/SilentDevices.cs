using Sandbox.Evidence;

namespace Sandbox.Tests.Evidence;

/// <summary>The pure half of silence.</summary>
public sealed class SilentDevices
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    [Fact]
    public void Before_its_time_a_silence_changes_nothing_but_the_next_instant()
    {
        var facts = Heard();

        var judgement = LabDefault.Judge(facts, Reported.Now.AddHours(23), Day);

        Assert.Equal(LabDefault.Judge(facts, Reported.Now.AddHours(23)).Findings, judgement.Findings);
        Assert.Equal(Reported.Now + Day, judgement.NextInstant);
    }

    [Fact]
    public void From_its_time_on_passes_and_failures_are_unknown()
    {
        var judgement = LabDefault.Judge(Heard(), Reported.Now + Day, Day);

        var finding = judgement.Findings.Single(x => x.Rule == "password.min_length");
        Assert.Equal((Verdict.Unknown, null, "not heard of since 2026-11-23 12:00 UTC; then: 14 characters"), (finding.Verdict, finding.Observed, finding.Reason));
    }

    [Fact]
    public void What_was_unknown_keeps_its_own_reason()
    {
        var judgement = LabDefault.Judge(Heard(), Reported.Now + Day, Day);

        Assert.Equal("no accounts have been reported", judgement.Findings.Single(x => x.Rule == "account.empty_password").Reason);
    }

    [Fact]
    public void A_device_of_which_nobody_knows_when_it_was_heard_of_is_judged_by_what_it_said() =>
        Assert.Contains(LabDefault.Judge(Reported.Facts(new Protocol.PasswordPolicy { EffectiveMinLength = 14 }), Reported.Now + Day, Day).Findings, x => x.Verdict == Verdict.Pass);

    private static DeviceFacts Heard()
    {
        var facts = Reported.Facts(new Protocol.PasswordPolicy { EffectiveMinLength = 14 });
        facts.HeardAt = Reported.Now;
        return facts;
    }
}
