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

    /// <summary>The words of who decided last. Null: nothing was decided, or without words.</summary>
    public string? Words { get; init; }

    /// <summary>What a mentor has to look at: it is ready, or what was signed for counts less than it did.</summary>
    public bool WantsReview => Standing == LineStanding.ReadyForReview || (Standing == LineStanding.SignedOff && Missing.Count > 0);
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

/// <summary>A piece of evidence, as far as the state of its line depends on it.</summary>
/// <param name="Act"><see cref="EvidenceItem.Act"/>.</param>
/// <param name="State">What became of it.</param>
/// <param name="Grade">How much it proves.</param>
/// <param name="NotedAt">When it was noted, by the server's clock.</param>
/// <param name="StateSince">Since when the state is what it is, by the server's clock.</param>
public sealed record LineEvidence(string Act, EvidenceState State, Grade Grade, DateTimeOffset NotedAt, DateTimeOffset StateSince);
