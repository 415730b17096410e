namespace Sandbox.Evidence.Policies;

/// <summary>Something that is wrong in a policy's text.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Message">What is wrong, and what may stand there instead.</param>
public sealed record PolicyFault(int Line, int Column, string Message)
{
    /// <summary><c>12:7: what is wrong</c>, as compilers write it.</summary>
    public override string ToString() => $"{Line}:{Column}: {Message}";
}
