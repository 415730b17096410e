namespace Sandbox.Server.Dashboard.Words;

/// <summary>Spans of time in words; live.js writes the same ones while the page is open.</summary>
public static class Ages
{
    /// <summary>The largest whole unit: <c>12 s</c>, <c>3 min</c>, <c>2 h</c>, <c>5 d</c>. Below nothing counts as 0 s.</summary>
    public static string Span(TimeSpan span) => span.TotalSeconds switch
    {
        < 60 => $"{Math.Max(0, (int)span.TotalSeconds)} s",
        < 3600 => $"{(int)span.TotalMinutes} min",
        < 2 * 86400 => $"{(int)span.TotalHours} h",
        _ => $"{(int)span.TotalDays} d",
    };

    /// <summary>The two largest units: <c>12 s</c>, <c>3 min 5 s</c>, <c>2 h 10 min</c>, <c>5 d 4 h</c>. Below nothing counts as 0 s.</summary>
    public static string Exact(TimeSpan span) => span.TotalSeconds switch
    {
        < 60 => Span(span),
        < 3600 => $"{(int)span.TotalMinutes} min {span.Seconds} s",
        < 86400 => $"{(int)span.TotalHours} h {span.Minutes} min",
        _ => $"{(int)span.TotalDays} d {span.Hours} h",
    };

    /// <summary><c>12 s ago</c>.</summary>
    public static string Ago(DateTimeOffset then, DateTimeOffset now) => $"{Span(now - then)} ago";

    /// <summary>What is left: <c>6 d</c>, <c>3 h 12 min</c>, <c>59 min 4 s</c>, <c>over</c>.</summary>
    public static string Left(TimeSpan left) => left.TotalSeconds switch
    {
        < 1 => "over",
        < 60 => $"{(int)left.TotalSeconds} s",
        < 3600 => $"{(int)left.TotalMinutes} min {left.Seconds} s",
        < 2 * 86400 => $"{(int)left.TotalHours} h {left.Minutes} min",
        _ => $"{(int)left.TotalDays} d",
    };

    /// <summary>An instant in full, UTC.</summary>
    public static string Full(DateTimeOffset instant) => $"{instant.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC";
}
