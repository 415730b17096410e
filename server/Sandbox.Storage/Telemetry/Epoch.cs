using Sandbox.Protocol;

namespace Sandbox.Storage.Telemetry;

/// <summary>The high-water mark of one spool of one device: how far its reports are stored.</summary>
public sealed class Epoch
{
    /// <summary>The device.</summary>
    public DeviceId DeviceId { get; set; }

    /// <summary>The spool's random id, 16 bytes.</summary>
    public required byte[] Id { get; set; }

    /// <summary>Highest stored sequence; 0: none.</summary>
    public long LastSequence { get; set; }

    /// <summary>Hash of the report with that sequence. Null: none stored yet.</summary>
    public byte[]? LastHash { get; set; }

    /// <summary>When the first hello with this epoch came, by the server's clock.</summary>
    public DateTimeOffset FirstSeenAt { get; set; }
}
