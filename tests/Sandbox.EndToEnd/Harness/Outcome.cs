namespace Sandbox.EndToEnd.Harness;

/// <summary>How a command ended.</summary>
/// <param name="ExitCode">0: done; 1: refused or failed; 2: something to put right first.</param>
/// <param name="Output">All that it said, both outputs.</param>
internal sealed record Outcome(int ExitCode, string Output)
{
    /// <summary>What it said, when it worked.</summary>
    /// <exception cref="InvalidOperationException">It did not.</exception>
    public string Worked => ExitCode == 0 ? Output.Trim() : throw new InvalidOperationException($"Exit code {ExitCode}: {Output}");
}
