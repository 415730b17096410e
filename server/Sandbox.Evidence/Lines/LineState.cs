using Sandbox.Evidence.Crediting;

namespace Sandbox.Evidence.Lines;

/// <summary>How far an apprentice is with one column of a line of the schedule.</summary>
/// <param name="Standing">How far.</param>
/// <param name="Missing">What is missing, in words, the nearest first. Empty: nothing.</param>
public sealed record LineState(LineStanding Standing, IReadOnlyList<string> Missing)
{
    /// <summary>The best grade of what held. Null: nothing has held yet.</summary>
    public Grade? Best { get; init; }

    /// <summary>Since when it is ready, or was decided. Null: neither.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The words of the decision that it stands by. Null: it stands by none, or by one without words.</summary>
    public string? Words { get; init; }

    /// <summary>It is signed, and some of what was signed for counts less now, or no longer.</summary>
    public bool IsShaken { get; init; }

    /// <summary>Whether a mentor has to look at it.</summary>
    public bool WantsReview => Standing == LineStanding.ReadyForReview || IsShaken;
}

/// <summary>How far.</summary>
public enum LineStanding
{
    /// <summary>There is nothing that counts.</summary>
    NotStarted,

    /// <summary>There is something, and whether it stays is watched.</summary>
    InProgress,

    /// <summary>Something held or was handed in since the last decision: a mentor can look at it.</summary>
    ReadyForReview,

    /// <summary>A mentor gave it back with a reason; what comes next makes it ready again.</summary>
    Returned,

    /// <summary>A mentor signed it.</summary>
    SignedOff,

    /// <summary>The signature was taken back with a reason; what comes next makes it ready again.</summary>
    Revoked,
}
