using Sandbox.Protocol;

namespace Sandbox.Evidence.Record;

/// <summary>An entry of the evidence log whose body is known.</summary>
/// <param name="Index">Place of its leaf, from 0: by it a stranger finds the entry.</param>
/// <param name="At">The leaf's time.</param>
/// <param name="Body">What lies beside the leaf.</param>
/// <param name="Salt">Salt of the commitment, which lies beside the leaf, too: only who was shown the entry knows it.</param>
public sealed record PlacedEntry(long Index, DateTimeOffset At, LogBody Body, ReadOnlyMemory<byte> Salt);
