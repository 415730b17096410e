namespace Sandbox.Evidence;

/// <summary>Instants in the words of a reason, and reckoned with whatever a device says of its clock.</summary>
public static class Instant
{
    /// <summary><c>2026-11-23 17:00 UTC</c>.</summary>
    public static string Words(DateTimeOffset instant) => $"{instant.UtcDateTime:yyyy-MM-dd HH:mm} UTC";

    /// <summary>An instant of a device's clock, set right: at the ends of what an instant can be, it stays there.</summary>
    /// <param name="said">By the device's clock.</param>
    /// <param name="ahead">What that clock is ahead.</param>
    public static DateTimeOffset SetRight(DateTimeOffset said, TimeSpan ahead)
    {
        var ticks = said.UtcTicks - (Int128)ahead.Ticks;
        return new DateTimeOffset((long)Int128.Clamp(ticks, DateTimeOffset.MinValue.UtcTicks, DateTimeOffset.MaxValue.UtcTicks), TimeSpan.Zero);
    }
}
