using Sandbox.Agent.Collecting;
using Sandbox.Protocol;
using Kind = Sandbox.Protocol.BlockDevice.Types.Kind;

namespace Sandbox.Agent.Storage;

/// <summary>/sys/block: disks with their partitions, and what is built on them.</summary>
internal static class BlockDevices
{
    private const string Folder = "sys/block";
    private const int Most = 500;
    private const ulong SectorBytes = 512;

    public static IEnumerable<BlockDevice> Read(RootFolder root, UnseenNotes unseen, CancellationToken ct)
    {
        var found = new List<BlockDevice>();
        var names = root.List(Folder, out var fault);
        if (fault is not null) unseen.Add(fault);
        foreach (var name in names)
        {
            ct.ThrowIfCancellationRequested();
            var at = $"{Folder}/{name}";
            if (KindOf(root, at, name) is not { } kind || found.Count > Most) continue;
            var device = Describe(root, at, name, kind);
            if (kind is Kind.Loop or Kind.Zram && !device.HasSizeBytes) continue;
            found.Add(device);
            foreach (var part in root.List(at, out _))
                if (part.StartsWith(name, StringComparison.Ordinal) && root.Has($"{at}/{part}/partition")) found.Add(Partition(root, at, part, device));
        }
        if (found.Count > Most) unseen.Add(Why.Of(Folder, $"more than {Most} block devices; the others are left out"));
        return found.OrderBy(device => device.Name, StringComparer.Ordinal).Take(Most);
    }

    private static BlockDevice Describe(RootFolder root, string at, string name, Kind kind)
    {
        var device = new BlockDevice { Name = name, Kind = kind };
        if ((root.Line($"{at}/dm/name") ?? root.Line($"{at}/md/array_name")) is { } mapped) device.MappedName = mapped;
        Size(root, at, device);
        if (root.Number($"{at}/queue/rotational") is { } rotational) device.Rotational = rotational != 0;
        if (root.Number($"{at}/removable") is { } removable) device.Removable = removable != 0;
        device.LiesOn.AddRange(root.List($"{at}/slaves", out _));
        return device;
    }

    private static BlockDevice Partition(RootFolder root, string at, string name, BlockDevice disk)
    {
        var part = new BlockDevice { Name = name, Kind = Kind.Partition, LiesOn = { disk.Name } };
        Size(root, $"{at}/{name}", part);
        if (disk.HasRotational) part.Rotational = disk.Rotational;
        if (disk.HasRemovable) part.Removable = disk.Removable;
        return part;
    }

    // In sectors of 512 bytes, whatever the device's own are. No medium: 0.
    private static void Size(RootFolder root, string at, BlockDevice device)
    {
        if (root.Number($"{at}/size") is > 0 and <= long.MaxValue / (long)SectorBytes and var sectors) device.SizeBytes = (ulong)sectors * SectorBytes;
    }

    // Null: nothing that keeps data.
    private static Kind? KindOf(RootFolder root, string at, string name) => name switch
    {
        _ when name.StartsWith("dm-", StringComparison.Ordinal) => Mapped(root.Line($"{at}/dm/uuid") ?? ""),
        _ when name.StartsWith("md", StringComparison.Ordinal) => Kind.Raid,
        _ when name.StartsWith("loop", StringComparison.Ordinal) => Kind.Loop,
        _ when name.StartsWith("zram", StringComparison.Ordinal) => Kind.Zram,
        _ when name.StartsWith("sr", StringComparison.Ordinal) => Kind.Optical,
        _ when name.StartsWith("nbd", StringComparison.Ordinal) || name.StartsWith("rbd", StringComparison.Ordinal) || name.StartsWith("drbd", StringComparison.Ordinal) =>
            root.Number($"{at}/size") > 0 ? Kind.Network : null,
        _ when name.StartsWith("ram", StringComparison.Ordinal) || name.StartsWith("fd", StringComparison.Ordinal) => null,
        _ => Kind.Disk,
    };

    private static Kind Mapped(string uuid) => uuid switch
    {
        _ when uuid.StartsWith("LVM-", StringComparison.Ordinal) => Kind.LogicalVolume,
        _ when uuid.StartsWith("CRYPT-", StringComparison.Ordinal) => Kind.Crypt,
        _ => Kind.Mapped,
    };
}
