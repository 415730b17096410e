using System.Buffers.Binary;
using Sandbox.Ledger;
using Sandbox.Verify.Words;

namespace Sandbox.Verify.Entries;

/// <summary>Whether an entry stands in the log twice. No two commitments are alike by chance, as each has a salt of its own.</summary>
internal sealed class Twice(Findings findings)
{
    // The first 8 bytes of each commitment are enough to find it again: among a million, two differ in the rest alone once in 30 million logs.
    private readonly List<(ulong Commitment, long Index)> _seen = [];

    /// <summary>Takes the next leaf.</summary>
    public void Take(long index, LogEntry leaf) => _seen.Add((BinaryPrimitives.ReadUInt64BigEndian(leaf.Commitment), index));

    /// <summary>After the last leaf.</summary>
    public void End()
    {
        _seen.Sort();
        for (var i = 1; i < _seen.Count; i++)
        {
            if (_seen[i].Commitment == _seen[i - 1].Commitment) findings.Fault(_seen[i].Index, $"it has the same commitment as entry {_seen[i - 1].Index}: it was entered twice");
        }
    }
}
