using Sandbox.Storage.Traffic;

namespace Sandbox.Server.Dashboard.Bandwidth;

/// <summary>How far back a chart of traffic reaches.</summary>
/// <param name="Word">As the address has it. Empty: the last two minutes, live.</param>
/// <param name="Name">In words.</param>
/// <param name="Span">Of what it is made.</param>
/// <param name="Spans">How many of them there are.</param>
/// <param name="Step">How many of them make one point.</param>
public sealed record TrafficRange(string Word, string Name, TrafficSpan Span, int Spans, int Step)
{
    /// <summary>All of them, the shortest first.</summary>
    public static IReadOnlyList<TrafficRange> All { get; } =
    [
        new("", "now", TrafficSpan.Minute, 0, 1),
        new("hour", "1 hour", TrafficSpan.Minute, 60, 1),
        new("day", "24 hours", TrafficSpan.Minute, 24 * 60, 5),
        new("month", "30 days", TrafficSpan.Hour, 30 * 24, 2),
    ];

    /// <summary>Whether it is what passes at this moment.</summary>
    public bool IsNow => Spans == 0;

    /// <summary>The one of a word in an address; what is no such word is the live one.</summary>
    public static TrafficRange Of(string? word) => All.FirstOrDefault(range => range.Word == word) ?? All[0];
}
