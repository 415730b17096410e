using Sandbox.Ledger;
using Sandbox.Protocol;

namespace Sandbox.Verify.Entries;

/// <summary>A disclosed entry that is what its leaf commits to.</summary>
/// <param name="Index">Place of its leaf.</param>
/// <param name="Leaf">Its leaf.</param>
/// <param name="Body">What it says. Null: it was erased.</param>
internal sealed record Shown(long Index, LogEntry Leaf, LogBody? Body);

/// <summary>Looks at all disclosed entries, in the order of the log.</summary>
internal interface IEntryCheck
{
    /// <summary>Takes the next one.</summary>
    void Take(Shown entry);

    /// <summary>After the last leaf.</summary>
    void End()
    {
    }
}
