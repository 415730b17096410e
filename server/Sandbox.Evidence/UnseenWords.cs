using Sandbox.Protocol;

namespace Sandbox.Evidence;

/// <summary>Says what the agent could not see.</summary>
internal static class UnseenWords
{
    /// <summary>What agents say of a place that is not there: nothing is hidden by it.</summary>
    public const string NotPresent = "not present";

    private const int MostNamed = 3;

    /// <summary><c>the agent cannot read /etc/shadow: permission denied</c>, for the first few.</summary>
    public static string Reason(IReadOnlyCollection<Unseen> unseen)
    {
        if (unseen.Count == 0) return "the device does not say";
        var words = string.Join("; ", unseen.Take(MostNamed).Select(Words));
        return unseen.Count > MostNamed ? $"{words}; and {unseen.Count - MostNamed} more" : words;
    }

    /// <summary>The same for one file. Null: it was read whole.</summary>
    public static string? Of(IEnumerable<Unseen> unseen, string what) =>
        unseen.Where(u => u.What == what).ToList() is { Count: > 0 } found ? Reason(found) : null;

    // A file that is not there is no fault of the agent's.
    private static string Words(Unseen unseen) =>
        unseen.Why == NotPresent ? $"there is no {unseen.What}" : $"the agent cannot read {unseen.What}: {unseen.Why}";
}
