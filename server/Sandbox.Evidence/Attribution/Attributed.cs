using Sandbox.Evidence.Crediting;

namespace Sandbox.Evidence.Attribution;

/// <summary>What the acts of a device say of one change.</summary>
/// <param name="Grade">How much it proves with them.</param>
/// <param name="Reason">Why not more, for people.</param>
internal sealed record Attributed(Grade Grade, string Reason)
{
    /// <summary>Who did it. Null: nobody is named.</summary>
    public Guid? Person { get; init; }

    /// <summary>The act that did it. Null: none was seen.</summary>
    public SeenAct? Act { get; init; }

    /// <summary>Why it counts for nobody. Null: it counts.</summary>
    public string? Discounted { get; init; }
}
