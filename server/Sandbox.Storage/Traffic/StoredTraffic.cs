using Sandbox.Protocol;

namespace Sandbox.Storage.Traffic;

/// <summary>What passed one interface of a device, or all that count together, in a minute or an hour.</summary>
public sealed class StoredTraffic
{
    /// <summary>Minutes are kept for so many days, hours for <see cref="DaysOfHours"/>.</summary>
    public const int DaysOfMinutes = 7;

    /// <inheritdoc cref="DaysOfMinutes"/>
    public const int DaysOfHours = 400;

    /// <summary>Stands for all interfaces that count towards the machine.</summary>
    public const string Total = "";

    /// <summary>The device.</summary>
    public DeviceId DeviceId { get; set; }

    /// <summary>How long it is.</summary>
    public TrafficSpan Span { get; set; }

    /// <summary>Which: spans since 1970-01-01T00:00Z, by the device's clock.</summary>
    public long Slot { get; set; }

    /// <summary>The interface's name, or <see cref="Total"/>.</summary>
    public required string Interface { get; set; }

    /// <summary>How much of it was measured, in milliseconds.</summary>
    public long MeasuredMs { get; set; }

    /// <summary>Octets received.</summary>
    public long ReceivedBytes { get; set; }

    /// <summary>Octets sent.</summary>
    public long SentBytes { get; set; }

    /// <summary>Packets received.</summary>
    public long ReceivedPackets { get; set; }

    /// <summary>Packets sent.</summary>
    public long SentPackets { get; set; }

    /// <summary>Packets with errors, either way.</summary>
    public long Errors { get; set; }

    /// <summary>Packets that were dropped, either way.</summary>
    public long Drops { get; set; }

    /// <summary>The most received in a second, in bits per second.</summary>
    public long ReceivedPeak { get; set; }

    /// <summary>The most sent in a second, in bits per second.</summary>
    public long SentPeak { get; set; }

    /// <summary>When a span began.</summary>
    public static DateTimeOffset Begin(TrafficSpan span, long slot) => DateTimeOffset.FromUnixTimeSeconds(slot * Seconds(span));

    /// <summary>The span that holds an instant.</summary>
    public static long SlotOf(TrafficSpan span, DateTimeOffset at) => at.ToUnixTimeSeconds() / Seconds(span);

    /// <summary>How long it is, in seconds.</summary>
    public static int Seconds(TrafficSpan span) => span == TrafficSpan.Minute ? 60 : 3600;
}

/// <summary>How long a stretch of traffic is.</summary>
public enum TrafficSpan
{
    /// <summary>A minute.</summary>
    Minute = 0,

    /// <summary>An hour.</summary>
    Hour = 1,
}
