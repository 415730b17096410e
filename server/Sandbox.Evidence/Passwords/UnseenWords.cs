using Sandbox.Protocol;

namespace Sandbox.Evidence.Passwords;

/// <summary>Says what the agent could not see.</summary>
internal static class UnseenWords
{
    private const int MostNamed = 3;

    /// <summary><c>the agent cannot read /etc/shadow: permission denied</c>, for the first few.</summary>
    public static string Reason(IReadOnlyCollection<Unseen> unseen) => unseen.Count == 0
        ? "the device does not say"
        : string.Join("; ", unseen.Take(MostNamed).Select(Words)) + (unseen.Count > MostNamed ? $"; and {unseen.Count - MostNamed} more" : "");

    private static string Words(Unseen unseen) => $"the agent cannot read {unseen.What}: {unseen.Why}";
}
