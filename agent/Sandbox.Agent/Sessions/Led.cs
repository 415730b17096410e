using Sandbox.Protocol;

namespace Sandbox.Agent.Sessions;

/// <summary>A session with the process that leads it, which tells the records of one session from those of another and is not reported.</summary>
/// <param name="Session">What one source says.</param>
/// <param name="Leader">Process id; 0: not known.</param>
internal sealed record Led(Session Session, int Leader);
