namespace Sandbox.Evidence;

/// <summary>What a rule thinks of one observed thing, before it is tied to a device and a report.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Observed">What was observed, in words with units. Null: nothing was.</param>
/// <param name="Reason">See <see cref="Finding.Reason"/>.</param>
internal readonly record struct Opinion(Verdict Verdict, string? Observed = null, string? Reason = null)
{
    /// <summary>Pass when it holds, else fail.</summary>
    public static Opinion That(bool holds, string observed) => new(holds ? Verdict.Pass : Verdict.Fail, observed);
}
