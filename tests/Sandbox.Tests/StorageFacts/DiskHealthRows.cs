using Microsoft.Extensions.Time.Testing;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Storage;
using Sandbox.Agent.Storage.Health;
using Sandbox.Protocol;
using Sandbox.Tests.Collecting;
using Source = Sandbox.Protocol.DiskHealth.Types.Source;
using Warning = Sandbox.Protocol.DiskHealth.Types.Warning;

namespace Sandbox.Tests.StorageFacts;

/// <summary>How healthy disks are: NVMe's log, what smartd wrote down, and when whom is asked.</summary>
public sealed class DiskHealthRows : IDisposable
{
    // As smartd of smartmontools 7.3 writes it: no line where the value is 0.
    private const string Written = """
        # smartd state file
        temperature-min = 21
        temperature-max = 43
        mail.10.count = 1
        ata-error-count = 2
        ata-smart-attribute.0.id = 5
        ata-smart-attribute.0.val = 100
        ata-smart-attribute.0.worst = 100
        ata-smart-attribute.1.id = 9
        ata-smart-attribute.1.val = 91
        ata-smart-attribute.1.worst = 91
        ata-smart-attribute.1.raw = 43001
        ata-smart-attribute.2.id = 194
        ata-smart-attribute.2.val = 114
        ata-smart-attribute.2.raw = 38
        ata-smart-attribute.29.id = 197
        ata-smart-attribute.29.val = 200
        ata-smart-attribute.29.raw = 6
        """;

    private readonly MachineFiles _files = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Fact]
    public void An_nvme_disk_says_its_log() =>
        Assert.Equal(
            new DiskHealth
            {
                Source = Source.Nvme, Passed = true, TemperatureCelsius = 37, AvailableSparePercent = 100, SpareThresholdPercent = 10, UsedLifePercent = 3, PowerOnHours = 4711, UnsafeShutdowns = 12, MediaErrors = 0,
            },
            NvmeHealthLog.Read(HealthPages.Nvme()));

    [Fact]
    public void What_an_nvme_disk_warns_of_is_named_and_is_no_pass()
    {
        var health = NvmeHealthLog.Read(HealthPages.Nvme(warnings: 0b1001, used: 130))!;

        Assert.Equal((false, 130u), (health.Passed, health.UsedLifePercent));
        Assert.Equal([Warning.SpareLow, Warning.ReadOnly], health.Warnings);
    }

    [Fact]
    public void A_temperature_of_no_kelvin_is_not_known() => Assert.False(NvmeHealthLog.Read(HealthPages.Nvme(kelvin: 0))!.HasTemperatureCelsius);

    [Fact]
    public void A_page_of_zeroes_says_nothing() => Assert.Null(NvmeHealthLog.Read(new byte[512]));

    [Fact]
    public async Task What_smartd_wrote_down_of_a_disk_is_found_by_its_serial_number()
    {
        Disk("sda").With("var/lib/smartmontools/smartd.WDC_WD10EZEX_08WN4A0-WD_WCC6Y0000001.ata.state", Written).With("var/lib/smartmontools/smartd.OTHER-X1.ata.state", "ata-smart-attribute.0.id = 9\n");
        File.WriteAllBytes(_files.At("sys/block/sda/device/vpd_pg80"), [0, 0x80, 0, 20, .. "     WD-WCC6Y0000001"u8]);
        File.SetLastWriteTimeUtc(_files.At("var/lib/smartmontools/smartd.WDC_WD10EZEX_08WN4A0-WD_WCC6Y0000001.ata.state"), DateTime.UnixEpoch.AddSeconds(1795434377));

        var storage = await ReadAsync();

        Assert.Equal(
            new DiskHealth { Source = Source.Smartd, WrittenAt = new() { Seconds = 1795434377 }, TemperatureCelsius = 38, PowerOnHours = 43001, ReallocatedSectors = 0, PendingSectors = 6 },
            storage.Devices.Single().Health);
        Assert.DoesNotContain(storage.Unseen, unseen => unseen.Why.Contains("SMART", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_disk_whose_page_is_not_there_is_found_by_udevs_notes()
    {
        Disk("sda").With("sys/block/sda/dev", "8:0\n").With("run/udev/data/b8:0", "S:x\nE:ID_SERIAL_SHORT=S1\n").With("var/lib/smartmontools/smartd.M-S1.ata.state", Written);

        Assert.Equal(6UL, (await ReadAsync()).Devices.Single().Health.PendingSectors);
    }

    [Fact]
    public async Task An_nvme_disk_is_found_with_the_namespace_in_the_files_name()
    {
        Disk("nvme0n1").With("sys/block/nvme0n1/device/serial", "S4EVNF0M\n").With("var/lib/smartmontools/smartd.Samsung_SSD-S4EVNF0M-n1.nvme.state", "nvme-err-log-entries = 3\nnvme-available-spare = 98\n");

        var health = (await ReadAsync()).Devices.Single().Health;

        Assert.Equal((98u, 0u, 0UL, false), (health.AvailableSparePercent, health.UsedLifePercent, health.MediaErrors, health.HasPassed));
    }

    [Theory]
    [InlineData("", false), InlineData("junk\n= 5\nata-smart-attribute.0.id = 300\nata-smart-attribute.1.id = -1\n", false), InlineData("nvme-err-log-entries = 3\n", true), InlineData("nvme-available-spare = 200\n", true)]
    public void A_file_without_health_says_nothing(string text, bool isNvme) => Assert.Null(SmartdState.Parse(text, isNvme, isSolidState: null));

    [Fact]
    public async Task A_disk_that_may_not_be_asked_is_named_with_what_to_type()
    {
        Disk("sda");

        var unseen = (await ReadAsync(_ => throw new KernelRefusal(1))).Unseen.Single(one => one.What == "/dev/sda");

        Assert.Contains("CAP_SYS_RAWIO", unseen.Why, StringComparison.Ordinal);
        Assert.Contains("sudo apt install smartmontools", unseen.Remedy, StringComparison.Ordinal);
        Assert.Contains("sudo dnf install smartmontools", unseen.Remedy, StringComparison.Ordinal);
        Assert.Contains("sudo smartctl -H -A /dev/sda", unseen.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_that_does_not_answer_says_why()
    {
        Disk("sda");

        var storage = await ReadAsync(_ => throw new IOException("it has no SMART"));

        Assert.Null(storage.Devices.Single().Health);
        Assert.Contains(storage.Unseen, unseen => unseen.Why.EndsWith("it has no SMART", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Disks_are_asked_once_in_half_an_hour_and_a_new_one_at_once()
    {
        var (time, asked) = (new FakeTimeProvider(), new List<string>());
        var healths = new DiskHealths(new RootFolder(_files.Root), time, disk =>
        {
            asked.Add(disk.Name);
            return new DiskHealth { Source = Source.Ata, Passed = true };
        });

        await DescribeAsync("sda");
        time.Advance(TimeSpan.FromMinutes(29));
        Assert.True((await DescribeAsync("sda"))[0].Health.Passed);
        Assert.Equal(["sda"], asked);
        time.Advance(TimeSpan.FromMinutes(1));
        await DescribeAsync("sda");
        Assert.Equal(["sda", "sda"], asked);
        await DescribeAsync("sda", "sdb");
        Assert.Equal(["sda", "sda", "sdb"], asked);

        async Task<BlockDevice[]> DescribeAsync(params string[] names)
        {
            BlockDevice[] disks = [.. names.Select(name => new BlockDevice { Name = name, Kind = BlockDevice.Types.Kind.Disk })];
            await healths.DescribeAsync(disks, new UnseenNotes([]), Ct);
            return disks;
        }
    }

    [Fact]
    public async Task What_failed_unexpectedly_fails_one_look_and_no_later_one()
    {
        var (time, asked) = (new FakeTimeProvider(), 0);
        var healths = new DiskHealths(new RootFolder(_files.Root), time, _ => asked++ == 0 ? throw new InvalidOperationException() : new DiskHealth { Passed = true });
        BlockDevice[] disks = [new BlockDevice { Name = "sda", Kind = BlockDevice.Types.Kind.Disk }];
        await Assert.ThrowsAsync<InvalidOperationException>(() => healths.DescribeAsync(disks, new UnseenNotes([]), Ct));

        await healths.DescribeAsync(disks, new UnseenNotes([]), Ct);
        Assert.Equal((null, 1), (disks[0].Health, asked));
        time.Advance(TimeSpan.FromMinutes(30));
        await healths.DescribeAsync(disks, new UnseenNotes([]), Ct);

        Assert.True(disks[0].Health.Passed);
    }

    [Theory]
    [InlineData("pci0000:00/0000:00:1f.2/ata1/host0/target0:0:0/0:0:0:0/block/sda", true)]
    [InlineData("pci0000:00/0000:00:14.0/usb2/2-1/2-1:1.0/host6/target6:0:0/6:0:0:0/block/sda", false)]
    [InlineData("pci0000:00/0000:00:14.0/usb2/2-1/2-1:1.0/ata7/host6/target6:0:0/6:0:0:0/block/sda", false)]
    [InlineData("pci0000:00/0000:03:00.0/host0/port-0:0/end_device-0:0/target0:0:0/0:0:0:0/block/sda", false)]
    [InlineData("pci0000:00/atapi/data1/host0/target0:0:0/0:0:0:0/block/sda", false)]
    public void Only_a_disk_whose_way_leads_over_an_ATA_port_is_libatas(string way, bool isLibatas)
    {
        _files.With($"sys/devices/{way}/device/vendor", "ATA     \n").WithLink("sys/block/sda", $"../devices/{way}");

        Assert.Equal(isLibatas, HealthQuestion.IsOnAtaPort(new RootFolder(_files.Root), "sda"));
    }

    [Theory]
    [InlineData("vda"), InlineData("mmcblk0"), InlineData("nbd0")]
    public async Task What_has_no_health_of_its_own_is_not_asked(string name)
    {
        Disk(name);

        Assert.Null((await ReadAsync(_ => throw new InvalidOperationException("asked"))).Devices.Single().Health);
    }

    private MachineFiles Disk(string name) => _files.With($"sys/block/{name}/size", "2048").With($"sys/block/{name}/queue/rotational", "1").WithFolder($"sys/block/{name}/device");

    private async Task<Protocol.Storage> ReadAsync(Func<BlockDevice, DiskHealth>? ask = null) => (await new LinuxStorage(_files.Root, health: ask).CollectAsync(Ct)).Single().Storage;
}
