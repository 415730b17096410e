using Sandbox.Protocol;

namespace Sandbox.Agent;

/// <summary>The server, or this agent in its place, says no: printed as reason code and words without a stack trace, exit code 1.</summary>
/// <param name="reason">The reason code; unspecified when there is none, such as a server that cannot be reached.</param>
/// <param name="words">The same for people.</param>
internal sealed class RefusedException(Reason reason, string words)
    : Exception(reason == Reason.Unspecified ? words : $"{Reasons.NameOf(reason)}: {words}")
{
    /// <summary>For people, without the code.</summary>
    public string Words { get; } = words;

    /// <summary>The reason code; unspecified when there is none.</summary>
    public Reason Reason { get; } = reason;
}
