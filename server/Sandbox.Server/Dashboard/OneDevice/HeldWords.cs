using Sandbox.Evidence;
using Sandbox.Server.Dashboard.Words;
using Sandbox.Storage.Findings;

namespace Sandbox.Server.Dashboard.OneDevice;

/// <summary>For how long a verdict was really seen to hold, in words.</summary>
public static class HeldWords
{
    /// <summary><c>held for 3 d 4 h; longest time unseen 2 h 0 min</c>. Null: nothing was seen that could hold.</summary>
    /// <param name="finding">The verdict.</param>
    /// <param name="verified">When it was last verified, by the server's clock. Null: never.</param>
    public static string? Of(StoredFinding finding, DateTimeOffset? verified)
    {
        if (finding.Verdict is Verdict.Unknown or Verdict.Error || verified is not { } last) return null;
        var held = last - finding.Since;
        // The report that brings a verdict about was made a moment before it was judged.
        if (held < TimeSpan.FromSeconds(1)) return "seen once, not verified since";
        return $"held for {Ages.Exact(held)}; {Unseen(finding, held)}";
    }

    // The two clocks may differ by a little: what held was not unseen for longer.
    private static string Unseen(StoredFinding finding, TimeSpan held) => finding.LongestGapMs is { } gap
        ? $"longest time unseen {Ages.Exact(TimeSpan.FromMilliseconds(Math.Min(gap, held.TotalMilliseconds)))}"
        : "longest time unseen not known";
}
