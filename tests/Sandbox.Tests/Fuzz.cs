namespace Sandbox.Tests;

/// <summary>How often a test tries what chance makes: as often as it says in <c>tests/run</c>, and SANDBOX_FUZZ times as often where somebody wants to find more, as <c>tests/run nightly</c> does.</summary>
internal static class Fuzz
{
    private static readonly int Factor = int.TryParse(Environment.GetEnvironmentVariable("SANDBOX_FUZZ"), out var factor) ? Math.Clamp(factor, 1, 1000) : 1;

    /// <summary>Whether this run looks for more than an ordinary one: a test may take longer then.</summary>
    public static bool IsLong => Factor > 1;

    public static int Times(int ordinarily) => ordinarily * Factor;
}
