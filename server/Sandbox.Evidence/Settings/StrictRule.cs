using Sandbox.Protocol;

namespace Sandbox.Evidence.Settings;

/// <summary>A rule on the device's password policy that passes only when the places that set it agree.</summary>
/// <param name="Rule">The rule on what is in force.</param>
/// <param name="Name">The setting behind it.</param>
/// <param name="Each">What each place must say.</param>
/// <param name="Strictness">How the places are taken.</param>
internal sealed record StrictRule(IRule Rule, string Name, ValueDemand Each, Strictness Strictness) : IRule
{
    /// <summary>The auth stack must ask for the password only once, or pam_faillock may not count the others. It is a matter of <see cref="Settings.Strictness.Conflicts"/>.</summary>
    public bool AsksOnce { get; init; }

    public Fact.KindOneofCase Reads => Rule.Reads;

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now)
    {
        var judgement = Rule.Judge(facts, now);
        var policy = facts[Fact.KindOneofCase.PasswordPolicy]?.Fact.PasswordPolicy;
        return judgement with { Findings = [.. judgement.Findings.Select(finding => TakenIn(finding with { Expected = finding.Expected + Strictness.Words }, policy))] };
    }

    private Finding TakenIn(Finding finding, PasswordPolicy? policy)
    {
        if (policy is null) return finding;
        var opinion = Strictness.TakenIn(new Opinion(finding.Verdict, finding.Observed, finding.Reason), policy.Settings.FirstOrDefault(one => one.Name == Name), Each);
        if (opinion.Verdict == Verdict.Pass && AsksOnce && Strictness.Conflicts && Second(policy) is { } line)
            opinion = opinion with { Verdict = Verdict.Fail, Reason = $"{line.Path} line {line.Line} asks for the password once more" };
        return finding with { Verdict = opinion.Verdict, Observed = opinion.Observed, Reason = opinion.Reason };
    }

    private static PamLine? Second(PasswordPolicy policy) => policy.PamLines.Where(line => line is { Type: "auth", Module: "pam_unix.so" }).Skip(1).FirstOrDefault();
}
