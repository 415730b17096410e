using System.Globalization;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Inventory;

/// <summary>What SMBIOS says, as the kernel shows it in /sys/class/dmi/id.</summary>
internal static class LinuxDmi
{
    private const string Folder = "sys/class/dmi/id";

    public static void Add(RootFolder root, Hardware hardware)
    {
        if (!root.Has(Folder))
        {
            hardware.Unseen.Add(Why.Of(Folder, "not present: containers and some virtual machines have no SMBIOS"));
            return;
        }
        if (Said(root, "sys_vendor", hardware) is { } manufacturer) hardware.Manufacturer = manufacturer;
        if (Said(root, "product_name", hardware) is { } product) hardware.Product = product;
        if (Said(root, "product_serial", hardware) is { } serial) hardware.SerialNumber = serial;
        if (Said(root, "product_uuid", hardware) is { } uuid && SmbiosFiller.Uuid(uuid) is { } real) hardware.SystemUuid = real;
        if (Said(root, "chassis_type", hardware) is { } type && Chassis(type) is { } chassis) hardware.Chassis = chassis;
        var firmware = $"{Said(root, "bios_vendor", hardware)} {Said(root, "bios_version", hardware)}".Trim();
        if (firmware.Length > 0) hardware.Firmware = firmware;
    }

    // Null: a filler, or unseen and said so. The kernel leaves out the files of strings that the firmware does not have.
    private static string? Said(RootFolder root, string name, Hardware hardware)
    {
        var path = $"{Folder}/{name}";
        if (!root.Has(path)) return null;
        if (root.TryRead(path, out var text, out var unseen)) return SmbiosFiller.Text(text);
        hardware.Unseen.Add(unseen);
        return null;
    }

    // The highest bit says that the chassis has a lock.
    private static string? Chassis(string type) =>
        byte.TryParse(type, CultureInfo.InvariantCulture, out var number) ? SmbiosChassis.Name(number & 0x7F) : null;
}
