using Sandbox.Ledger;

namespace Sandbox.Server.Witness;

/// <summary>What came of asking a witness.</summary>
/// <param name="Size">Leaves of the newest checkpoint that it is known to have cosigned.</param>
/// <param name="Line">Its cosignature of the checkpoint that it was asked for. Null: it gave none.</param>
/// <param name="At">The time in it.</param>
/// <param name="Why">Why it gave none, in words. Null: it did.</param>
internal sealed record WitnessWord(long Size, NoteSignature? Line, DateTimeOffset? At, string? Why)
{
    /// <summary>There is no cosignature.</summary>
    public static WitnessWord Trouble(long size, string why) => new(size, null, null, why);
}
