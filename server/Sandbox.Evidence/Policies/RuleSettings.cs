namespace Sandbox.Evidence.Policies;

/// <summary>One rule of a policy, as it is written there.</summary>
/// <param name="Rule">Id of one of the <see cref="RuleKinds"/>.</param>
/// <param name="Expect">What it demands.</param>
/// <param name="Severity">How much a failure matters.</param>
/// <param name="GraceDays">Days after a due day during which what is overdue still passes.</param>
internal sealed record RuleSettings(string Rule, Expectation Expect, Severity Severity, long GraceDays = 0);
