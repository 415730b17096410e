namespace Sandbox.Evidence.Crediting;

/// <summary>Another device that reported the same hardware: one machine that was enrolled more than once, or a copy of it.</summary>
/// <param name="IsOwners">It was enrolled for the same person.</param>
/// <param name="IsEarlier">It was enrolled before this one.</param>
/// <param name="WasReplaced">An administrator let this device take its place.</param>
public sealed record SameMachine(bool IsOwners, bool IsEarlier, bool WasReplaced = false);
