using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Storage.Health;

/// <summary>Asks one disk of the running system, by the way that it understands.</summary>
internal static class HealthQuestion
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
        // libata's. A bridge from USB may hang on what it does not know, and disks of SAS speak otherwise.
        if (root.Line($"sys/block/{disk.Name}/device/vendor") != "ATA") throw new IOException("it is neither an NVMe disk nor one on an ATA port, and others are not asked");
        using var ata = new AtaDisk(path);
        return AtaHealth.Ask(ata, disk.HasRotational ? !disk.Rotational : null);
    }
}
