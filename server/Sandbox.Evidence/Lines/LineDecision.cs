using Sandbox.Evidence.Crediting;

namespace Sandbox.Evidence.Lines;

/// <summary>What was decided last about a line's column.</summary>
/// <param name="Kind">What.</param>
/// <param name="At">When, by the server's clock.</param>
/// <param name="Words">The words of who decided. Null: none.</param>
public sealed record LineDecision(DecisionKind Kind, DateTimeOffset At, string? Words)
{
    /// <summary>The best grade of the evidence at that time. Null: none had held.</summary>
    public Grade? Best { get; init; }

    /// <summary>Pieces of evidence and records that were signed for and that count less today than then, or no longer.</summary>
    public int Weakened { get; init; }
}

/// <summary>What can be decided.</summary>
public enum DecisionKind
{
    /// <summary>A mentor signed.</summary>
    SignedOff = 0,

    /// <summary>It was given back to the apprentice with a reason.</summary>
    Returned = 1,

    /// <summary>A signature was taken back with a reason.</summary>
    Revoked = 2,
}
