using System.Security.Cryptography;

namespace Sandbox.Agent.Collecting;

/// <summary>Spreads what many devices would otherwise do in step.</summary>
internal static class Jitter
{
    /// <summary>Between three quarters of the span and five quarters of it.</summary>
    public static TimeSpan Around(TimeSpan span) => span * (0.75 + (RandomNumberGenerator.GetInt32(1001) / 2000.0));

    /// <summary>Between nine tenths of the span and the whole of it.</summary>
    public static TimeSpan AtMost(TimeSpan span) => span * (0.9 + (RandomNumberGenerator.GetInt32(1000) / 10_000.0));
}
