using Google.Protobuf.WellKnownTypes;

namespace Sandbox.Server.Dashboard.Facts;

/// <summary>Instants as devices send them: anything at all may stand in a fact.</summary>
internal static class Instants
{
    private const long FirstSecond = -62_135_596_800;
    private const long LastSecond = 253_402_300_799;

    /// <summary>The instant. Null: it lies outside the years 1 to 9999, or its parts contradict each other.</summary>
    public static DateTimeOffset? Of(Timestamp said) =>
        said is { Seconds: >= FirstSecond and <= LastSecond, Nanos: >= 0 and < 1_000_000_000 } ? said.ToDateTimeOffset() : null;

    /// <summary>An instant moved back by a number of milliseconds, and no further than instants go.</summary>
    public static DateTimeOffset Back(DateTimeOffset from, long milliseconds)
    {
        const long Ticks = TimeSpan.TicksPerMillisecond;
        var most = DateTimeOffset.MaxValue.UtcTicks / Ticks;
        var ticks = from.UtcTicks - (Math.Clamp(milliseconds, -most, most) * Ticks);
        return new DateTimeOffset(Math.Clamp(ticks, 0, DateTimeOffset.MaxValue.UtcTicks), TimeSpan.Zero);
    }
}
