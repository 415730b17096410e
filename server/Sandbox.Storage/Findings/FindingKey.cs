namespace Sandbox.Storage.Findings;

/// <summary>What a device has at most one verdict on.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Subject">What of the device is judged; empty: the device as a whole.</param>
public readonly record struct FindingKey(string Rule, string Subject);
