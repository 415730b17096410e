namespace Sandbox.Evidence.Policies;

/// <summary>What came of reading a policy's text.</summary>
/// <param name="Policy">The policy. Null: the text has faults.</param>
/// <param name="Faults">Every fault, in the order of the text.</param>
public sealed record PolicyReading(Policy? Policy, IReadOnlyList<PolicyFault> Faults);
