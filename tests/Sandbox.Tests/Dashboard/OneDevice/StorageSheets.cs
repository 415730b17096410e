using Sandbox.Protocol;
using Sandbox.Server.Dashboard.Facts;

namespace Sandbox.Tests.Dashboard.OneDevice;

/// <summary>What a device says of its storage in words.</summary>
public sealed class StorageSheets
{
    [Fact]
    public void A_file_system_says_its_size_and_use()
    {
        var storage = new Protocol.Storage { Filesystems = { new Filesystem { MountPoint = "/", Source = "/dev/sda1", Type = "ext4", SizeBytes = 1 << 30, UsedPercent = 85, Options = { "ro" } } } };

        Assert.Equal(["/", "/dev/sda1", "ext4", "1 GiB", "85 % or a little more", "ro"], Table(storage, "Mounted").Rows.Single().Cells);
    }

    [Fact]
    public void A_size_that_is_not_known_is_not_zero()
    {
        var storage = new Protocol.Storage { Filesystems = { new Filesystem { MountPoint = "/mnt", Source = "server:/x", Type = "nfs4" } } };

        Assert.All(Table(storage, "Mounted").Rows.Single().Cells.Skip(3).Take(2), Assert.Null);
    }

    [Fact]
    public void A_degraded_array_is_said_so()
    {
        var storage = new Protocol.Storage { Arrays = { new RaidArray { Name = "md0", State = RaidArray.Types.State.Degraded, Level = "raid1", Devices = 2, Working = 1, Members = { "sda1" }, Action = "recovery" } } };

        Assert.Equal(["md0", "degraded: a device is missing", "raid1", "1 of 2", "sda1", "recovery"], Table(storage, "RAID").Rows.Single().Cells);
    }

    [Fact]
    public void What_should_be_mounted_and_is_not_is_said_so()
    {
        var storage = new Protocol.Storage { Fstab = { new FstabEntry { Source = "UUID=a", MountPoint = "/srv", Type = "xfs", Mounted = false } } };

        Assert.Equal(["/srv", "UUID=a", "xfs", "no", "none"], Table(storage, "Should be mounted").Rows.Single().Cells);
    }

    [Fact]
    public void A_logical_volume_says_what_it_lies_on()
    {
        var storage = new Protocol.Storage { Devices = { new BlockDevice { Name = "dm-0", Kind = BlockDevice.Types.Kind.LogicalVolume, MappedName = "vg0-home", SizeBytes = 1024, Rotational = false, LiesOn = { "sda2" } } } };

        Assert.Equal(["dm-0", "Logical volume", "vg0-home", "1 KiB", "solid state", "sda2"], Table(storage, "Block devices").Rows.Single().Cells);
    }

    [Fact]
    public void A_disk_says_how_healthy_it_is()
    {
        var health = new DiskHealth { Source = DiskHealth.Types.Source.Ata, Asleep = false, Passed = true, TemperatureCelsius = 36, PowerOnHours = 8766, ReallocatedSectors = 8, PendingSectors = 0 };

        Assert.Equal(["sda", "healthy", "36 °C", "8,766 h", "8 replaced sectors", null, "the disk itself"], Health(health));
    }

    [Fact]
    public void What_a_disk_warns_of_is_said()
    {
        var health = new DiskHealth
        {
            Source = DiskHealth.Types.Source.Nvme, Passed = false, Warnings = { DiskHealth.Types.Warning.SpareLow, DiskHealth.Types.Warning.ReadOnly }, UsedLifePercent = 104, AvailableSparePercent = 4, MediaErrors = 0,
        };

        Assert.Equal(["sda", "warns: its spare runs out, takes no more writing", null, null, "none", "104 %, spare 4 %", "the disk itself"], Health(health));
    }

    [Fact]
    public void A_disk_that_slept_was_not_asked_and_one_that_smartd_watches_has_no_verdict()
    {
        Assert.Equal(["sda", "asleep, not asked", null, null, null, null, null], Health(new DiskHealth { Asleep = true }));
        Assert.Equal(["sda", null, null, null, null, null, "smartd"], Health(new DiskHealth { Source = DiskHealth.Types.Source.Smartd }));
    }

    [Fact]
    public void Without_any_disk_that_says_how_healthy_it_is_there_is_no_table() =>
        Assert.DoesNotContain(FactTables.Of(new Fact { Storage = new() { Devices = { new BlockDevice { Name = "vda" } } } }), table => table.Title.StartsWith("Health", StringComparison.Ordinal));

    private static IReadOnlyList<string?> Health(DiskHealth health) => Table(new() { Devices = { new BlockDevice { Name = "sda", Health = health } } }, "Health of disks (SMART)").Rows.Single().Cells;

    private static FactTable Table(Protocol.Storage storage, string title) => FactTables.Of(new Fact { Storage = storage }).Single(table => table.Title == title);
}
