using Sandbox.Protocol;

namespace Sandbox.Evidence.Record;

/// <summary>An entry of the evidence log whose body is known.</summary>
/// <param name="Index">Place of its leaf, from 0: by it a stranger finds the entry.</param>
/// <param name="At">The leaf's time.</param>
/// <param name="Body">What lies beside the leaf.</param>
public sealed record PlacedEntry(long Index, DateTimeOffset At, LogBody Body);
