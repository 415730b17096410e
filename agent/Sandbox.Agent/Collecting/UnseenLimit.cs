using Google.Protobuf.Collections;
using Sandbox.Protocol;

namespace Sandbox.Agent.Collecting;

/// <summary>Keeps a fact small when a file is full of nonsense.</summary>
internal static class UnseenLimit
{
    private const int Most = 50;

    /// <summary>Leaves the first 50 and says how many there were besides.</summary>
    public static void Apply(RepeatedField<Unseen> unseen)
    {
        var more = unseen.Count - Most;
        if (more <= 0) return;
        while (unseen.Count > Most) unseen.RemoveAt(unseen.Count - 1);
        unseen.Add(new Unseen { What = unseen[^1].What, Why = $"{more} more things of this kind are not listed" });
    }
}
