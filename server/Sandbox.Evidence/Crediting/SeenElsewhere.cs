namespace Sandbox.Evidence.Crediting;

/// <summary>That another machine, which is not the actor's, saw what a change brought about (guard G6).</summary>
/// <param name="Words">Which one and what it saw, for people.</param>
/// <param name="ReportId">Row of that machine's report that says so.</param>
public sealed record SeenElsewhere(string Words, long ReportId);
