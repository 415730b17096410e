using Sandbox.Protocol;

namespace Sandbox.Storage.Devices;

/// <summary>A device is in a group, by somebody's word.</summary>
public sealed class GroupMember
{
    /// <summary>The device.</summary>
    public DeviceId DeviceId { get; set; }

    /// <summary>The group: small letters, digits and dashes.</summary>
    public required string Group { get; set; }
}
