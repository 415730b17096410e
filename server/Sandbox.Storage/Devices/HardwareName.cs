using Sandbox.Protocol;

namespace Sandbox.Storage.Devices;

/// <summary>A name by which the hardware of a device is known. Each that it ever reported is kept, so that the machine is known again by any of them.</summary>
public sealed class HardwareName
{
    /// <summary>The device.</summary>
    public DeviceId DeviceId { get; set; }

    /// <summary>DMI UUID and serial, or what stands in for them.</summary>
    public required string Name { get; set; }
}
