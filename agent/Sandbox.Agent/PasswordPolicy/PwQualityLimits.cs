using Sandbox.Agent.Collecting.Settings;

namespace Sandbox.Agent.PasswordPolicy;

/// <summary>The arithmetic of libpwquality: clamps and credits.</summary>
internal static class PwQualityLimits
{
    private const int ShortestEver = 6;
    private const int ClassesThereAre = 4;

    /// <summary>minlen in force: less than 6 acts as 6.</summary>
    public static string? Length(string value) => Clamp(value, ShortestEver, int.MaxValue);

    /// <summary>minclass in force: there are four classes.</summary>
    public static string? Classes(string value) => Clamp(value, 0, ClassesThereAre);

    /// <summary>
    /// Fewest characters that pass. A character of a class earns a credit of 1 until the class has given all it may, so a password of n
    /// characters earns at most n.
    /// </summary>
    /// <param name="minLength">minlen in force.</param>
    /// <param name="credits">Sum of the positive credits.</param>
    public static uint Fewest(int minLength, int credits) =>
        (uint)Math.Max(ShortestEver, Math.Max((long)minLength - credits, (minLength + 1L) / 2));

    private static string? Clamp(string value, int least, int most) =>
        CNumber.Decimal(value) is { } number and >= int.MinValue and <= int.MaxValue ? Math.Clamp(number, least, most).ToString() : null;
}
