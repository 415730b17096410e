using Sandbox.Protocol;
using Kind = Sandbox.Protocol.BlockDevice.Types.Kind;

namespace Sandbox.Evidence.Crediting.Additions;

/// <summary>What a block device lies on in the end.</summary>
internal static class RealDisk
{
    /// <summary>LVM on RAID on partitions is four deep; a list that goes in circles ends here.</summary>
    private const int Deepest = 8;

    // Disks that a module of the kernel makes at will.
    private static readonly string[] OfModules = ["nullb", "ublkb", "ram", "zram", "nbd", "rnbd"];

    /// <summary>Whether it lies on disks that stay in the machine alone. False as well where that cannot be told.</summary>
    /// <param name="storage">All block devices.</param>
    /// <param name="source">As it is mounted, or by the kernel's name: <c>/dev/mapper/vg0-home</c>, <c>sdb1</c>.</param>
    public static bool Is(Storage storage, string source) =>
        storage.Devices.FirstOrDefault(one => source == one.Name || source == $"/dev/{one.Name}" || (one.HasMappedName && source == $"/dev/mapper/{one.MappedName}")) is { } device && Is(storage, device, Deepest);

    private static bool Is(Storage storage, BlockDevice device, int left) => left > 0 && device.Kind switch
    {
        Kind.Disk => device is { HasRemovable: true, Removable: false } && !Array.Exists(OfModules, name => device.Name.StartsWith(name, StringComparison.Ordinal)),
        Kind.Partition or Kind.LogicalVolume or Kind.Crypt or Kind.Mapped or Kind.Raid => device.LiesOn.Count > 0 && device.LiesOn.All(below => storage.Devices.FirstOrDefault(one => one.Name == below) is { } found && Is(storage, found, left - 1)),
        _ => false,
    };
}
