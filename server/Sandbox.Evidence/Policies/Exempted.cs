namespace Sandbox.Evidence.Policies;

/// <summary>What becomes of the findings that somebody is exempt from.</summary>
internal static class Exempted
{
    /// <summary>The judgement, with the exemptions taken in. What fails is exempt; what passes needs no exemption, and what is not known stays not known.</summary>
    public static Judgement TakenIn(Judgement judgement, IReadOnlyList<Exemption> exemptions, DeviceFacts facts, DateTimeOffset now)
    {
        if (exemptions.Count == 0) return judgement;
        var next = judgement.NextInstant;
        var findings = new List<Finding>(judgement.Findings.Count);
        foreach (var finding in judgement.Findings)
        {
            var last = exemptions.Where(one => one.Covers(finding, facts, now)).MaxBy(one => one.Until);
            if (last is null || finding.Verdict != Verdict.Fail)
            {
                findings.Add(finding);
                continue;
            }
            findings.Add(finding with { Verdict = Verdict.Exempt, Reason = $"exempt until {last.Until:yyyy-MM-dd}: {last.Reason}" });
            if (next is null || last.Ends < next) next = last.Ends;
        }
        return new Judgement(findings, next);
    }
}
