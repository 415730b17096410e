namespace Sandbox.Evidence;

/// <summary>What becomes of the verdicts on a device that is not heard of: nobody knows any more whether they are still true.</summary>
internal static class Silence
{
    /// <summary>The judgement, with the silence taken in.</summary>
    /// <param name="judgement">What the device's last words would mean.</param>
    /// <param name="heardAt">When it was last heard of, by the server's clock.</param>
    /// <param name="after">From how long a silence on nothing is known.</param>
    /// <param name="now">The server's clock.</param>
    public static Judgement TakenIn(Judgement judgement, DateTimeOffset heardAt, TimeSpan after, DateTimeOffset now)
    {
        var from = heardAt + after;
        if (now >= from) return judgement with { Findings = [.. judgement.Findings.Select(finding => Unknown(finding, heardAt))] };
        return judgement with { NextInstant = judgement.NextInstant is { } next && next < from ? next : from };
    }

    private static Finding Unknown(Finding finding, DateTimeOffset heardAt) => finding.Verdict is not (Verdict.Pass or Verdict.Fail) ? finding : finding with
    {
        Verdict = Verdict.Unknown,
        Observed = null,
        Reason = $"not heard of since {Instant.Words(heardAt)}{(finding.Observed is { } observed ? $"; then: {observed}" : "")}",
    };
}
