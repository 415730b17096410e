using System.Text;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Inventory;

/// <summary>/sys/block. A real device has a `device` entry; loop, RAM, zram, device-mapper, md and network block devices have none.</summary>
internal static class LinuxDisks
{
    private const string Folder = "sys/block";
    private const int SectorBytes = 512;
    private const long OpticalType = 5;

    public static void Add(RootFolder root, Hardware hardware)
    {
        var names = root.List(Folder, out var unseen);
        if (unseen is not null) hardware.Unseen.Add(unseen);
        foreach (var name in names)
            if (HoldsData(root, name)) hardware.Disks.Add(Read(root, name));
    }

    private static bool HoldsData(RootFolder root, string name)
    {
        if (!root.Has($"{Folder}/{name}/device") || name.StartsWith("sr", StringComparison.Ordinal)) return false;
        if (name.StartsWith("fd", StringComparison.Ordinal)) return false;
        // Parts of an eMMC chip that hold firmware and keys.
        if (name.StartsWith("mmcblk", StringComparison.Ordinal) && name.AsSpan(6).ContainsAny("br")) return false;
        return root.Number($"{Folder}/{name}/device/type") != OpticalType;
    }

    private static Disk Read(RootFolder root, string name)
    {
        var at = $"{Folder}/{name}";
        var disk = new Disk { Name = name };
        if ((root.Line($"{at}/device/model") ?? root.Line($"{at}/device/name")) is { } model) disk.Model = model;
        if (Serial(root, at) is { } serial) disk.SerialNumber = serial;
        // A card reader without a card has 0 sectors: no capacity is known.
        if (root.Number($"{at}/size") is > 0 and var sectors) disk.SizeBytes = (ulong)sectors * SectorBytes;
        if (root.Number($"{at}/queue/rotational") is { } rotational) disk.Rotational = rotational != 0;
        if (root.Number($"{at}/removable") is { } removable) disk.Removable = removable != 0;
        return disk;
    }

    private static string? Serial(RootFolder root, string at) =>
        root.Line($"{at}/device/serial") ?? root.Line($"{at}/serial") ?? UnitSerial(root.Resolve($"{at}/device/vpd_pg80"));

    // SCSI vital product data, page 0x80: four bytes of header, then the serial number.
    private static string? UnitSerial(string path)
    {
        if (!File.Exists(path)) return null;
        try
        {
            using var file = RegularFile.Open(path);
            Span<byte> page = stackalloc byte[256];
            var length = RandomAccess.Read(file, page, 0);
            var serial = length <= 4 ? "" : Encoding.ASCII.GetString(page[4..length]).Trim(' ', '\0');
            return serial.Length == 0 ? null : serial;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
