using System.Text.RegularExpressions;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Storage.Health;

/// <summary>Asks one disk of the running system, by the way that it understands.</summary>
internal static partial class HealthQuestion
{
    /// <summary>What it says.</summary>
    /// <exception cref="IOException">It does not, or one may not ask.</exception>
    /// <exception cref="UnauthorizedAccessException">One may not open it.</exception>
    public static DiskHealth Ask(RootFolder root, BlockDevice disk)
    {
        var path = $"/dev/{disk.Name}";
        // Opening a disk that the kernel has put to sleep would wake it.
        var power = root.Line($"sys/block/{disk.Name}/device/power/runtime_status");
        if (power is "suspended" or "suspending") return new DiskHealth { Asleep = true };
        if (disk.Name.StartsWith("nvme", StringComparison.Ordinal))
        {
            var page = new byte[NvmeHealthLog.PageLength];
            NvmeDisk.Read(path, page);
            return NvmeHealthLog.Read(page) ?? throw new IOException("the disk keeps no health log");
        }
        if (!IsOnAtaPort(root, disk.Name)) throw new IOException("it is neither an NVMe disk nor one on an ATA port, and others are not asked");
        using var ata = new AtaDisk(path);
        return AtaHealth.Ask(ata, disk.HasRotational ? !disk.Rotational : null);
    }

    /// <summary>
    /// Whether libata drives it. That its vendor is "ATA" does not say so: whatever translates (SAT-3) answers so, host adapters of SAS and bridges from USB as
    /// well, and a bridge may hang on what it does not know until the kernel resets it. The way to the device says it.
    /// </summary>
    internal static bool IsOnAtaPort(RootFolder root, string disk)
    {
        var place = root.Resolve($"sys/block/{disk}");
        // The running system's links are not followed there.
        var way = RootFolder.LinkTarget(place) ?? place;
        return AtaPort().IsMatch(way) && !Usb().IsMatch(way) && root.Line($"sys/block/{disk}/device/vendor") == "ATA";
    }

    [GeneratedRegex("/ata[0-9]+/")]
    private static partial Regex AtaPort();

    [GeneratedRegex("/usb[0-9]+/")]
    private static partial Regex Usb();
}
