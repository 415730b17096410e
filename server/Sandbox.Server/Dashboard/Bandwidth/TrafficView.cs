using Sandbox.Protocol;

namespace Sandbox.Server.Dashboard.Bandwidth;

/// <summary>What the bandwidth card of a page shows.</summary>
public sealed record TrafficView
{
    /// <summary>Which range was asked for.</summary>
    public required TrafficRange Range { get; init; }

    /// <summary>The range's traffic. Null: it is shown live.</summary>
    public required TrafficHistory? History { get; init; }

    /// <summary>Whose it is. Null: all that the person may see.</summary>
    public required DeviceId? Device { get; init; }

    /// <summary>The interfaces of the device in the last hour; empty for several devices.</summary>
    public required IReadOnlyList<InterfaceHour> Interfaces { get; init; }

    /// <summary>The page without its range.</summary>
    public string Page => Device is { } one ? $"/devices/{one}" : "/";

    /// <summary>Where the live numbers come from.</summary>
    public string LiveUrl => Device is { } one ? $"/live/traffic?device={one}" : "/live/traffic";
}

/// <summary>An interface's last hour.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Last">Mean rates of its last minute.</param>
/// <param name="ReceivedPeak">The most received in a second, in bits per second.</param>
/// <param name="SentPeak">The most sent in a second, in bits per second.</param>
/// <param name="Errors">Packets with errors.</param>
/// <param name="Drops">Packets that were dropped.</param>
public sealed record InterfaceHour(string Name, TrafficPoint Last, long ReceivedPeak, long SentPeak, long Errors, long Drops);
