using Google.Protobuf;
using Sandbox.Protocol;

namespace Sandbox.Agent.Collecting;

/// <summary>What is inside a <see cref="Fact"/>, whatever its kind.</summary>
internal static class FactContent
{
    /// <summary>The message of the fact's kind.</summary>
    public static IMessage Of(Fact fact) =>
        Fact.Descriptor.FindFieldByNumber((int)fact.KindCase)?.Accessor.GetValue(fact) as IMessage
        ?? throw new ArgumentException("A fact without a kind says nothing.", nameof(fact));

    /// <summary>What the collector looked for and could not see.</summary>
    public static IReadOnlyList<Unseen> Unseen(Fact fact)
    {
        var content = Of(fact);
        return content.Descriptor.FindFieldByName("unseen")?.Accessor.GetValue(content) as IReadOnlyList<Unseen> ?? [];
    }
}
