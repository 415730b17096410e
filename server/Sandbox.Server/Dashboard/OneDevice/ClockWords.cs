using System.Globalization;
using Sandbox.Server.Dashboard.Devices;

namespace Sandbox.Server.Dashboard.OneDevice;

/// <summary>How far a device's clock is off, in words.</summary>
internal static class ClockWords
{
    // Far beyond every instant; what a device says may be beyond that.
    private const long Longest = long.MaxValue / TimeSpan.TicksPerMillisecond;

    /// <summary>Whether it is far enough off to be named as trouble.</summary>
    public static bool IsOff(long? offsetMs) => offsetMs is > DeviceQuery.ClockLimitMs or < -DeviceQuery.ClockLimitMs;

    /// <summary>In words.</summary>
    /// <param name="offsetMs">The device's clock minus the server's, in milliseconds. Null: not measured.</param>
    public static string Of(long? offsetMs)
    {
        if (offsetMs is not { } offset) return "not measured yet";
        var span = TimeSpan.FromMilliseconds(Math.Clamp(offset, -Longest, Longest)).Duration();
        if (!IsOff(offset)) return string.Create(CultureInfo.InvariantCulture, $"right to {Math.Max(0.1, span.TotalSeconds):0.0} s");
        var side = offset > 0 ? "ahead of" : "behind";
        return $"{Length(span)} {side} the server: set it, for example with timedatectl set-ntp true";
    }

    private static string Length(TimeSpan span) => span switch
    {
        { TotalMinutes: < 2 } => $"{span.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} seconds",
        { TotalHours: < 2 } => $"{span.TotalMinutes.ToString("0", CultureInfo.InvariantCulture)} minutes",
        { TotalDays: < 2 } => $"{span.TotalHours.ToString("0", CultureInfo.InvariantCulture)} hours",
        _ => $"{span.TotalDays.ToString("0", CultureInfo.InvariantCulture)} days",
    };
}
