using Sandbox.Agent.Inventory;
using Sandbox.Protocol;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.Inventory;

public sealed class HardwareRows : IDisposable
{
    private const string Dmi = "sys/class/dmi/id";
    private readonly MachineFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_laptop_is_told_from_its_firmware()
    {
        _files.With($"{Dmi}/sys_vendor", "LENOVO\n").With($"{Dmi}/product_name", "20XW\n").With($"{Dmi}/product_serial", "PF2ABCDE\n")
            .With($"{Dmi}/product_uuid", "4C4C4544-0042-3510-8054-B2C04F503433\n").With($"{Dmi}/chassis_type", "10\n")
            .With($"{Dmi}/bios_vendor", "LENOVO\n").With($"{Dmi}/bios_version", "N32ET75W (1.51)\n");

        var hardware = await ReadAsync();

        Assert.Equal(
            ("LENOVO", "20XW", "PF2ABCDE", "4c4c4544-0042-3510-8054-b2c04f503433", "notebook", "LENOVO N32ET75W (1.51)"),
            (hardware.Manufacturer, hardware.Product, hardware.SerialNumber, hardware.SystemUuid, hardware.Chassis, hardware.Firmware));
    }

    [Fact]
    public async Task A_machine_without_firmware_tables_is_unknown_and_says_so()
    {
        var hardware = await ReadAsync();

        Assert.False(hardware.HasSystemUuid || hardware.HasSerialNumber || hardware.HasManufacturer || hardware.HasFirmware);
        Assert.Contains(hardware.Unseen, one => one.What == "/sys/class/dmi/id" && one.Why.StartsWith("not present", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("To Be Filled By O.E.M."), InlineData("Default string"), InlineData("System Serial Number"), InlineData("00000000")]
    [InlineData("........"), InlineData("  "), InlineData("N/A"), InlineData("123456789")]
    public async Task A_filler_is_no_serial_number(string filler)
    {
        _files.With($"{Dmi}/product_serial", filler + "\n");

        var hardware = await ReadAsync();

        Assert.False(hardware.HasSerialNumber);
    }

    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000000"), InlineData("FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF")]
    [InlineData("03000200-0400-0500-0006-000700080009"), InlineData("Not Settable")]
    public async Task A_shared_uuid_is_no_identity(string uuid)
    {
        _files.With($"{Dmi}/product_uuid", uuid + "\n");

        var hardware = await ReadAsync();

        Assert.False(hardware.HasSystemUuid);
    }

    [Theory]
    [InlineData("3", "desktop"), InlineData("23", "rack mount chassis"), InlineData("138", "notebook"), InlineData("2", ""), InlineData("99", "")]
    public async Task The_chassis_has_the_name_of_the_standard(string number, string name)
    {
        _files.With($"{Dmi}/chassis_type", number);

        var hardware = await ReadAsync();

        Assert.Equal(name, hardware.Chassis);
    }

    [Fact]
    public async Task Threads_and_cores_are_counted_apart()
    {
        _files.With("proc/cpuinfo", string.Concat(Enumerable.Range(0, 4).Select(i =>
            $"processor\t: {i}\nmodel name\t: AMD Ryzen 5\nphysical id\t: 0\ncore id\t\t: {i / 2}\nflags\t\t: fpu sse\n\n")));

        var hardware = await ReadAsync();

        Assert.Equal(("AMD Ryzen 5", 4u, 2u), (hardware.Processor, hardware.LogicalProcessors, hardware.Cores));
    }

    [Fact]
    public async Task Cores_are_unknown_where_the_kernel_does_not_number_them()
    {
        _files.With("proc/cpuinfo", "processor\t: 0\nBogoMIPS\t: 50.00\nCPU implementer\t: 0x41\n\nprocessor\t: 1\nBogoMIPS\t: 50.00\n");

        var hardware = await ReadAsync();

        Assert.Equal((2u, false, false), (hardware.LogicalProcessors, hardware.HasCores, hardware.HasProcessor));
    }

    [Fact]
    public async Task Memory_is_what_can_be_used_in_bytes()
    {
        _files.With("proc/meminfo", "MemTotal:       16384000 kB\nMemFree:         1 kB\n");

        var hardware = await ReadAsync();

        Assert.Equal(16_777_216_000UL, hardware.MemoryBytes);
    }

    [Fact]
    public async Task A_damaged_meminfo_is_no_memory_of_zero()
    {
        _files.With("proc/meminfo", "MemTotal:       lots kB\n");

        var hardware = await ReadAsync();

        Assert.False(hardware.HasMemoryBytes);
        Assert.Contains(hardware.Unseen, one => one.What == "/proc/meminfo");
    }

    [Fact]
    public async Task A_disk_has_model_serial_size_and_kind()
    {
        Disk("nvme0n1", sectors: "1000215216", rotational: "0", removable: "0");
        _files.With("sys/block/nvme0n1/device/model", "Samsung SSD 980  \n").With("sys/block/nvme0n1/device/serial", "S64DNX0\n");

        var disk = (await ReadAsync()).Disks.Single();

        Assert.Equal(
            ("nvme0n1", "Samsung SSD 980", "S64DNX0", 512_110_190_592UL, false, false),
            (disk.Name, disk.Model, disk.SerialNumber, disk.SizeBytes, disk.Rotational, disk.Removable));
    }

    [Fact]
    public async Task A_scsi_disk_gives_its_serial_in_the_product_data()
    {
        Disk("sda", sectors: "8", rotational: "1", removable: "0");
        await File.WriteAllBytesAsync(_files.At("sys/block/sda/device/vpd_pg80"), [0, 0x80, 0, 8, .. "  WD-WX1"u8], TestContext.Current.CancellationToken);

        var disk = (await ReadAsync()).Disks.Single();

        Assert.Equal("WD-WX1", disk.SerialNumber);
    }

    [Fact]
    public async Task A_card_reader_without_a_card_has_no_size()
    {
        Disk("sdb", sectors: "0", rotational: "1", removable: "1");

        var disk = (await ReadAsync()).Disks.Single();

        Assert.Equal((false, true), (disk.HasSizeBytes, disk.Removable));
    }

    [Theory]
    [InlineData("loop0", false), InlineData("dm-0", false), InlineData("zram0", false), InlineData("md0", false), InlineData("sr0", true), InlineData("mmcblk0boot0", true)]
    public async Task What_holds_no_data_of_its_own_is_no_disk(string name, bool device)
    {
        _files.With($"sys/block/{name}/size", "2048");
        if (device) _files.WithFolder($"sys/block/{name}/device");

        var hardware = await ReadAsync();

        Assert.Empty(hardware.Disks);
    }

    [Fact]
    public async Task Disks_are_sorted_by_name()
    {
        foreach (var name in (string[])["sdb", "sda", "nvme0n1"]) Disk(name, "8", "0", "0");

        var hardware = await ReadAsync();

        Assert.Equal(["nvme0n1", "sda", "sdb"], hardware.Disks.Select(disk => disk.Name));
    }

    [Theory]
    [InlineData("sys_vendor", "QEMU", "qemu"), InlineData("product_name", "KVM", "kvm"), InlineData("product_name", "VMware Virtual Platform", "vmware")]
    [InlineData("product_name", "VirtualBox", "virtualbox"), InlineData("product_name", "Virtual Machine", "hyper-v")]
    public async Task A_virtual_machine_is_known_by_its_maker(string file, string said, string name)
    {
        _files.With($"{Dmi}/{file}", said + "\n");

        var hardware = await ReadAsync();

        Assert.Equal(name, hardware.Virtualisation);
    }

    [Fact]
    public async Task A_hypervisor_that_does_not_name_itself_is_still_one()
    {
        _files.With("proc/cpuinfo", "processor\t: 0\nmodel name\t: X\nflags\t\t: fpu hypervisor lahf_lm\n");

        var hardware = await ReadAsync();

        Assert.Equal("hypervisor of unknown make", hardware.Virtualisation);
    }

    [Theory]
    [InlineData(".dockerenv", "", "docker"), InlineData("run/.containerenv", "", "podman"), InlineData("run/systemd/container", "lxc\n", "lxc")]
    public async Task A_container_is_known_by_its_mark(string file, string text, string name)
    {
        _files.With(file, text);

        var hardware = await ReadAsync();

        Assert.Equal(name, hardware.Virtualisation);
    }

    [Fact]
    public async Task A_machine_unpacked_from_a_container_image_is_no_container()
    {
        _files.With(".dockerenv", "").With("proc/mounts", "/dev/vda / ext4 rw 0 0\n");

        var hardware = await ReadAsync();

        Assert.False(hardware.HasVirtualisation);
    }

    [Fact]
    public async Task Real_hardware_names_no_virtualisation()
    {
        _files.With($"{Dmi}/sys_vendor", "Dell Inc.\n").With("proc/cpuinfo", "processor\t: 0\nmodel name\t: X\nflags\t\t: fpu sse\n");

        var hardware = await ReadAsync();

        Assert.False(hardware.HasVirtualisation);
    }

    private void Disk(string name, string sectors, string rotational, string removable) =>
        _files.With($"sys/block/{name}/size", sectors).With($"sys/block/{name}/queue/rotational", rotational)
            .With($"sys/block/{name}/removable", removable).WithFolder($"sys/block/{name}/device");

    private async Task<Hardware> ReadAsync() =>
        (await new LinuxHardware(_files.Root).CollectAsync(TestContext.Current.CancellationToken)).Single().Hardware;
}
