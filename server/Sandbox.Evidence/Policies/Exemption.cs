namespace Sandbox.Evidence.Policies;

/// <summary>Somebody or something is left out of a rule, for a reason and until a day.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Subject">What the rule is asked of: an account's name, a group's, a product's. Null: whatever it is.</param>
/// <param name="Scope">On which devices.</param>
/// <param name="Reason">Why.</param>
/// <param name="Until">The last day on which it holds, UTC.</param>
public sealed record Exemption(string Rule, string? Subject, DeviceScope Scope, string Reason, DateOnly Until)
{
    /// <summary>The first instant at which it holds no more.</summary>
    public DateTimeOffset Ends => new(Until.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);

    internal bool Covers(Finding finding, DeviceFacts facts, DateTimeOffset now) =>
        finding.Rule == Rule && (Subject is null || Subject == finding.Subject) && Scope.Covers(facts) && now < Ends;
}
