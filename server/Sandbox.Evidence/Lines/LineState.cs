using Sandbox.Evidence.Crediting;

namespace Sandbox.Evidence.Lines;

/// <summary>How far an apprentice is with a line of the schedule, as far as devices can show it.</summary>
/// <param name="Standing">How far.</param>
/// <param name="Missing">What is missing, in words, the nearest first. Empty: nothing that devices can show.</param>
public sealed record LineState(LineStanding Standing, IReadOnlyList<string> Missing)
{
    /// <summary>The best grade of what held. Null: nothing has held yet.</summary>
    public Grade? Best { get; init; }
}

/// <summary>How far.</summary>
public enum LineStanding
{
    /// <summary>There is nothing that counts.</summary>
    NotStarted,

    /// <summary>There is something, and whether it stays is watched.</summary>
    InProgress,

    /// <summary>Something held: a mentor can look at it.</summary>
    ReadyForReview,
}

/// <summary>A piece of evidence, as far as the state of its line depends on it.</summary>
/// <param name="Act"><see cref="EvidenceItem.Act"/>.</param>
/// <param name="State">What became of it.</param>
/// <param name="Grade">How much it proves.</param>
/// <param name="NotedAt">When it was noted, by the server's clock.</param>
public sealed record LineEvidence(string Act, EvidenceState State, Grade Grade, DateTimeOffset NotedAt);
