namespace Sandbox.Evidence.Lines;

/// <summary>All that the state of a line's column depends on.</summary>
public sealed record LineMaterial
{
    /// <summary>What devices showed. Empty for related instruction.</summary>
    public IReadOnlyCollection<LineEvidence> Evidence { get; init; } = [];

    /// <summary>When each record that stands was handed in: what the apprentice did, read or was taught, in words.</summary>
    public IReadOnlyCollection<DateTimeOffset> Records { get; init; } = [];

    /// <summary>What was decided last. Null: nothing yet.</summary>
    public LineDecision? Decision { get; init; }
}
