using Sandbox.Evidence.Crediting;

namespace Sandbox.Evidence.Lines;

/// <summary>All that the state of a line's column depends on.</summary>
public sealed record LineMaterial
{
    /// <summary>What devices showed. Empty for related instruction.</summary>
    public IReadOnlyCollection<LineEvidence> Evidence { get; init; } = [];

    /// <summary>The records that stand: what the apprentice did, read or was taught, in words.</summary>
    public IReadOnlyCollection<LineRecord> Records { get; init; } = [];

    /// <summary>What was decided last. Null: nothing yet.</summary>
    public LineDecision? Decision { get; init; }
}

/// <summary>A piece of evidence, as far as the state of its line depends on it.</summary>
/// <param name="Act"><see cref="EvidenceItem.Act"/>.</param>
/// <param name="State">What became of it.</param>
/// <param name="Grade">How much it proves.</param>
/// <param name="NotedAt">When it was noted, by the server's clock.</param>
/// <param name="StateSince">Since when the state is what it is, by the server's clock.</param>
public sealed record LineEvidence(string Act, EvidenceState State, Grade Grade, DateTimeOffset NotedAt, DateTimeOffset StateSince)
{
    /// <summary>Whether it was there, at this grade or a better one, when the last decision was made. By what was there and not by times: a report may lie in a batch, and grades change without a new time.</summary>
    public bool WasSeen { get; init; }
}

/// <summary>A record that stands.</summary>
/// <param name="EnteredAt">When it was entered, by the server's clock.</param>
public sealed record LineRecord(DateTimeOffset EnteredAt)
{
    /// <summary>Whether it was there when the last decision was made.</summary>
    public bool WasSeen { get; init; }
}
