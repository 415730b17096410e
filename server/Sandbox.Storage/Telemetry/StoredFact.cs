using Sandbox.Protocol;

namespace Sandbox.Storage.Telemetry;

/// <summary>The latest fact of one kind of one device.</summary>
public sealed class StoredFact
{
    /// <summary>The device.</summary>
    public DeviceId DeviceId { get; set; }

    /// <summary>Field number in <see cref="Fact"/>. Below zero: the first fact of that number that an apprentice's device reported, kept for comparison.</summary>
    public int Kind { get; set; }

    /// <summary>The report that brought it.</summary>
    public long ReportId { get; set; }

    /// <summary>When it was read, by the device's clock.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>When its source was last read and said the same, by the device's clock.</summary>
    public DateTimeOffset VerifiedAt { get; set; }

    /// <summary>The serialised <see cref="Fact"/>.</summary>
    public required byte[] Bytes { get; set; }
}
