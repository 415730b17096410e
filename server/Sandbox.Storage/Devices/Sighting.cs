using Sandbox.Protocol;

namespace Sandbox.Storage.Devices;

/// <summary>A hello of a device: what tells two copies of one identity apart. The newest few of each device are kept.</summary>
public sealed class Sighting
{
    /// <summary>Most that are kept of a device; the oldest go.</summary>
    public const int Most = 20;

    /// <summary>Row number, rising.</summary>
    public long Id { get; set; }

    /// <summary>The device.</summary>
    public DeviceId DeviceId { get; set; }

    /// <summary>When, by the server's clock.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>The session that the hello raised.</summary>
    public long Session { get; set; }

    /// <summary>The peer's address.</summary>
    public required string Peer { get; set; }

    /// <summary>What the machine calls itself. Null: it did not say.</summary>
    public string? HostName { get; set; }

    /// <summary>Random id of the boot, 16 bytes. Null: it did not say.</summary>
    public byte[]? BootId { get; set; }

    /// <summary>The spool's random id, 16 bytes.</summary>
    public required byte[] Epoch { get; set; }

    /// <summary>Sequence of the newest report in its spool; 0: none.</summary>
    public long LastSequence { get; set; }

    /// <summary>Serial of the certificate, big-endian.</summary>
    public required byte[] Serial { get; set; }
}
