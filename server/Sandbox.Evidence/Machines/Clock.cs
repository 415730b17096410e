using Google.Protobuf.WellKnownTypes;

namespace Sandbox.Evidence.Machines;

/// <summary>Instants that a device says.</summary>
internal static class Clock
{
    // 0001-01-01 and 9999-12-31 in seconds since 1970; a device may say anything.
    private const long First = -62_135_596_800;
    private const long Last = 253_402_300_799;

    // Of the calendar's both ends, thresholds could not be taken any more.
    private static readonly TimeSpan Margin = TimeSpan.FromDays(3660);

    /// <summary>How much later than now an instant may be: one of the two clocks is wrong.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromDays(1);

    /// <summary>The instant. Null: not said, or near the end of the calendar.</summary>
    public static DateTimeOffset? Of(Timestamp? said) =>
        said is { Seconds: >= First and <= Last } && DateTimeOffset.FromUnixTimeSeconds(said.Seconds) is var at && at > DateTimeOffset.MinValue + Margin && at < DateTimeOffset.MaxValue - Margin ? at : null;
}
