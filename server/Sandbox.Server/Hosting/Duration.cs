using System.Globalization;

namespace Sandbox.Server.Hosting;

/// <summary>Durations as people type them: <c>30m</c>, <c>1h</c>, <c>7d</c>.</summary>
internal static class Duration
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>Reads one between a minute and 30 days.</summary>
    /// <exception cref="SetupException">It is none.</exception>
    public static TimeSpan Parse(string text) =>
        Find(text) ?? throw new SetupException($"'{text}' is no time to live: give minutes, hours or days up to 30d, such as 30m, 1h or 7d.");

    /// <summary>Reads one between a minute and 30 days. Null: it is none.</summary>
    public static TimeSpan? Find(string text)
    {
        var ok = int.TryParse(text.AsSpan(0, Math.Max(0, text.Length - 1)), NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        TimeSpan? span = ok && number is > 0 and < 100_000 ? text[^1] switch
        {
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            _ => null,
        } : null;
        return span <= Longest ? span : null;
    }

    /// <summary>In words: <c>1 hour</c>.</summary>
    public static string Words(TimeSpan span) => span switch
    {
        { TotalDays: >= 2 } => $"{span.TotalDays:0} days",
        { TotalHours: >= 2 } => $"{span.TotalHours:0} hours",
        { TotalHours: 1 } => "1 hour",
        _ => $"{span.TotalMinutes:0} minutes",
    };
}
