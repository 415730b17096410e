namespace Sandbox.Benchmarks.Agent;

/// <summary>The agent as it is shipped for Linux: one native program, which <c>tests/run</c> builds before these benchmarks.</summary>
internal static class NativeAgent
{
    /// <summary>Its executable.</summary>
    /// <exception cref="InvalidOperationException">It was not built.</exception>
    public static string Path => Environment.GetEnvironmentVariable("SANDBOX_NATIVE_AGENT") is { } path && File.Exists(path)
        ? path
        : throw new InvalidOperationException("SANDBOX_NATIVE_AGENT names no native agent. Type: tests/run bench NAME, which builds it.");
}
