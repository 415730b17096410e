namespace Sandbox.Evidence;

/// <summary>All findings on one device at one instant.</summary>
/// <param name="Findings">One per rule and subject, each pair once.</param>
/// <param name="NextInstant">The next instant at which time alone may change a finding. Null: time changes nothing.</param>
public sealed record Judgement(IReadOnlyList<Finding> Findings, DateTimeOffset? NextInstant);
