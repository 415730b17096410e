namespace Sandbox.Server.Dashboard.Bandwidth;

/// <summary>Traffic over a stretch of time, as a chart shows it.</summary>
/// <param name="Points">Equal steps from the oldest to the newest; null where nothing was measured.</param>
/// <param name="Begin">When the first step begins.</param>
/// <param name="End">When the last one ends.</param>
public sealed record TrafficHistory(IReadOnlyList<TrafficPoint?> Points, DateTimeOffset Begin, DateTimeOffset End)
{
    /// <summary>The highest point of either line, in bits per second; 0: nothing passed or nothing was measured.</summary>
    public double Top => Known.Select(point => Math.Max(point.Received, point.Sent)).DefaultIfEmpty().Max();

    /// <summary>Mean rate towards the machines, where something was measured.</summary>
    public double MeanReceived => Known.Select(point => point.Received).DefaultIfEmpty().Average();

    /// <summary>Mean rate from them.</summary>
    public double MeanSent => Known.Select(point => point.Sent).DefaultIfEmpty().Average();

    /// <summary>Whether anything was measured at all.</summary>
    public bool IsKnown => Known.Any();

    private IEnumerable<TrafficPoint> Known => Points.OfType<TrafficPoint>();
}

/// <summary>Mean rates of one step, in bits per second.</summary>
public sealed record TrafficPoint(double Received, double Sent);
