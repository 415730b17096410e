using System.Globalization;
using Google.Protobuf.Collections;
using Sandbox.Protocol;

namespace Sandbox.Server.Dashboard.Facts;

/// <summary>What is mounted first, then redundancy, then what it lies on.</summary>
internal static class StorageTables
{
    public static IReadOnlyList<FactTable> Of(Protocol.Storage storage) =>
    [
        new FactTable("Mounted", ["Mount point", "Source", "Type", "Size", "Used", "Options that matter"], [.. storage.Filesystems.Select(Row)]),
        .. storage.Arrays.Count > 0 ? [new FactTable("RAID", ["Array", "State", "Level", "Working", "Devices", "Going on"], [.. storage.Arrays.Select(Row)])] : Array.Empty<FactTable>(),
        .. DiskHealthTable.Of(storage),
        new FactTable("Should be mounted", ["Mount point", "Source", "Type", "Mounted", "Options that matter"], [.. storage.Fstab.Select(Row)]),
        new FactTable("Swap", ["Path", "Type", "Size"], [.. storage.Swaps.Select(Row)]),
        new FactTable("Block devices", ["Device", "Kind", "Name", "Size", "Medium", "Lies on"], [.. storage.Devices.Select(Row)], Folded: true),
    ];

    private static FactTableRow Row(Filesystem one) => new($"storage.filesystems[{one.MountPoint}]",
    [
        one.MountPoint, one.Source, one.Type, one.HasSizeBytes ? FactText.Bytes(one.SizeBytes) : null,
        one.HasUsedPercent ? $"{Number(one.UsedPercent)} % or a little more" : null, Options(one.Options),
    ]);

    private static FactTableRow Row(RaidArray array) => new($"storage.arrays[{array.Name}]",
    [
        array.Name, array.State switch
        {
            RaidArray.Types.State.Whole => "whole", RaidArray.Types.State.Degraded => "degraded: a device is missing", RaidArray.Types.State.Inactive => "inactive", _ => null,
        },
        array.HasLevel ? array.Level : null, array is { HasWorking: true, HasDevices: true } ? $"{Number(array.Working)} of {Number(array.Devices)}" : null,
        string.Join(", ", array.Members), array.HasAction ? array.Action : "nothing",
    ]);

    private static FactTableRow Row(FstabEntry entry, int index) => new($"storage.fstab[{index}]",
        [entry.MountPoint, entry.Source, entry.Type, entry.HasMounted ? entry.Mounted ? "yes" : "no" : null, Options(entry.Options)]);

    private static FactTableRow Row(SwapArea area) => new($"storage.swaps[{area.Path}]", [area.Path, area.Type, area.HasSizeBytes ? FactText.Bytes(area.SizeBytes) : null]);

    private static FactTableRow Row(BlockDevice device) => new($"storage.devices[{device.Name}]",
    [
        device.Name, device.Kind == BlockDevice.Types.Kind.Unspecified ? null : FactWords.Readable(Spaced(device.Kind.ToString())), device.HasMappedName ? device.MappedName : "none",
        device.HasSizeBytes ? FactText.Bytes(device.SizeBytes) : null,
        device.HasRotational ? (device.Rotational ? "turning" : "solid state") + (device is { HasRemovable: true, Removable: true } ? ", removable" : "") : null,
        device.LiesOn.Count == 0 ? "nothing else" : string.Join(", ", device.LiesOn),
    ]);

    private static string Spaced(string name) => string.Concat(name.Select((letter, at) => at > 0 && char.IsUpper(letter) ? $"_{letter}" : letter.ToString()));

    private static string Options(RepeatedField<string> options) => options.Count == 0 ? "none" : string.Join(", ", options);

    private static string Number(uint number) => number.ToString(CultureInfo.InvariantCulture);
}
