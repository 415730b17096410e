using System.Globalization;

namespace Sandbox.Verify.Words;

/// <summary>A duration in words.</summary>
internal static class Span
{
    /// <summary>In the unit that says most: 3 days, 2.5 hours, 90 seconds.</summary>
    public static string Of(TimeSpan span)
    {
        var (number, unit) = span.TotalDays >= 2 ? (span.TotalDays, "days") : span.TotalHours >= 2 ? (span.TotalHours, "hours") : span.TotalMinutes >= 2 ? (span.TotalMinutes, "minutes") : (span.TotalSeconds, "seconds");
        return $"{number.ToString("0.#", CultureInfo.InvariantCulture)} {unit}";
    }
}
