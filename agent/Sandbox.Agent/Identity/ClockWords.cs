using System.Globalization;

namespace Sandbox.Agent.Identity;

/// <summary>Says how far this machine's clock is off, and what to type.</summary>
internal static class ClockWords
{
    private static readonly TimeSpan _worthSaying = TimeSpan.FromMinutes(2);

    /// <summary>The words; null when the clock is near enough.</summary>
    /// <param name="offset">This machine's clock minus the server's.</param>
    public static string? For(TimeSpan offset) => offset.Duration() < _worthSaying
        ? null
        : $"this machine's clock is {Span(Whole(offset.Duration()))} {(offset > TimeSpan.Zero ? "ahead of" : "behind")} the server's: set it, e.g. timedatectl set-ntp true";

    /// <summary>A length of time in its largest fitting unit: <c>3 days</c>.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalDays: >= 2 and var days } => Count(days, "days"),
        { TotalHours: >= 2 and var hours } => Count(hours, "hours"),
        { TotalMinutes: >= 2 and var minutes } => Count(minutes, "minutes"),
        { TotalSeconds: var seconds } => Count(seconds, "seconds"),
    };

    // A clock that is set two hours ahead is so by some milliseconds less.
    private static TimeSpan Whole(TimeSpan span) => TimeSpan.FromSeconds(Math.Round(span.TotalSeconds));

    private static string Count(double number, string unit) => $"{Math.Floor(number).ToString(CultureInfo.InvariantCulture)} {unit}";
}
