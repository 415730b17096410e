namespace Sandbox.Evidence.Passwords;

/// <summary>Days as shadow(5) counts them: whole days since 1970-01-01, UTC.</summary>
internal static class Day
{
    // 9999-12-31, the last day of the calendar that .NET has.
    private const long Last = 2_932_896;

    /// <summary>The day of an instant; an instant before the first day counts to it.</summary>
    public static long Of(DateTimeOffset instant) => Math.Max(0, (instant - DateTimeOffset.UnixEpoch).Ticks) / TimeSpan.TicksPerDay;

    /// <summary>The instant at which a day begins. Null: beyond the calendar.</summary>
    public static DateTimeOffset? Start(long day) => day is >= 0 and <= Last ? DateTimeOffset.UnixEpoch.AddDays(day) : null;

    /// <summary><c>2026-11-23</c>, or <c>day 9999999</c> beyond the calendar.</summary>
    public static string Words(long day) => Start(day) is { } start ? start.ToString("yyyy-MM-dd") : $"day {day}";
}
