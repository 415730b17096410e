using CsCheck;
using Sandbox.Agent.Storage;
using Sandbox.Protocol;
using Sandbox.Tests.Collecting;
using Kind = Sandbox.Protocol.BlockDevice.Types.Kind;
using State = Sandbox.Protocol.RaidArray.Types.State;

namespace Sandbox.Tests.StorageFacts;

public sealed class DeviceRows : IDisposable
{
    // As md(4)'s kernel prints it: a mirror that lost a device and one that is being filled.
    private const string Mdstat = """
        Personalities : [raid1] [raid6] [raid5] [raid4]
        md1 : active raid5 sdd1[3] sdc1[1] sdb1[0]
              3906764800 blocks super 1.2 level 5, 512k chunk, algorithm 2 [3/2] [UU_]
              [==>..................]  recovery = 12.6% (246156/1953382400) finish=127.5min speed=223140K/sec
              bitmap: 0/15 pages [0KB], 65536KB chunk

        md0 : active (auto-read-only) raid1 sdf1[2](S) sde1[1](F) sda1[0]
              1046528 blocks super 1.2 [2/2] [UU]

        md127 : inactive sdg1[0](S)
              976630488 blocks super 1.2

        unused devices: <none>
        """;

    private readonly MachineFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_disk_and_its_partition_have_size_medium_and_place()
    {
        Device("sda", "2048").With("sys/block/sda/sda1/partition", "1").With("sys/block/sda/sda1/size", "1024");

        Assert.Equal(
            [
                new BlockDevice { Name = "sda", Kind = Kind.Disk, SizeBytes = 1_048_576, Rotational = true, Removable = false },
                new BlockDevice { Name = "sda1", Kind = Kind.Partition, SizeBytes = 524_288, Rotational = true, Removable = false, LiesOn = { "sda" } },
            ],
            (await ReadAsync()).Devices);
    }

    [Theory]
    [InlineData("LVM-abc", Kind.LogicalVolume), InlineData("CRYPT-LUKS2-abc-x", Kind.Crypt), InlineData("mpath-3600", Kind.Mapped), InlineData("", Kind.Mapped)]
    public async Task A_mapped_device_is_known_by_its_uuid_and_says_what_it_lies_on(string uuid, Kind kind)
    {
        Device("dm-0", "8").With("sys/block/dm-0/dm/uuid", uuid).With("sys/block/dm-0/dm/name", "vg0-home\n").WithFolder("sys/block/dm-0/slaves/sdb1").WithFolder("sys/block/dm-0/slaves/sda2");

        var device = (await ReadAsync()).Devices.Single();

        Assert.Equal((kind, "vg0-home", "sda2,sdb1"), (device.Kind, device.MappedName, string.Join(',', device.LiesOn)));
    }

    [Theory]
    [InlineData("loop0", "0", null), InlineData("loop0", "8", Kind.Loop), InlineData("zram0", "0", null), InlineData("zram0", "8", Kind.Zram), InlineData("ram0", "8", null)]
    [InlineData("sr0", "0", Kind.Optical), InlineData("fd0", "8", null), InlineData("nbd0", "0", null), InlineData("nbd0", "8", Kind.Network), InlineData("md0", "8", Kind.Raid), InlineData("nvme0n1", "8", Kind.Disk)]
    public async Task Devices_are_known_by_their_names(string name, string size, Kind? kind)
    {
        Device(name, size);

        Assert.Equal(kind, (await ReadAsync()).Devices.SingleOrDefault()?.Kind);
    }

    [Theory]
    [InlineData("0"), InlineData("-1"), InlineData("junk"), InlineData("9223372036854775807")]
    public async Task An_absurd_size_is_not_known_and_never_zero(string size)
    {
        Device("sda", size);

        Assert.False((await ReadAsync()).Devices.Single().HasSizeBytes);
    }

    [Fact]
    public async Task Health_that_is_not_read_is_named_with_what_to_type()
    {
        Device("sda", "8");

        Assert.Contains((await ReadAsync()).Unseen, unseen => unseen.Remedy == "On that system: sudo smartctl -H -A /dev/sda");
    }

    [Fact]
    public async Task A_virtual_disk_has_no_health_of_its_own()
    {
        Device("vda", "8");

        Assert.DoesNotContain((await ReadAsync()).Unseen, unseen => unseen.Why.Contains("SMART", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_degraded_array_says_what_works_and_what_goes_on()
    {
        _files.With("proc/mdstat", Mdstat);

        var array = (await ReadAsync()).Arrays.Single(one => one.Name == "md1");

        Assert.Equal(
            new RaidArray { Name = "md1", State = State.Degraded, Level = "raid5", Devices = 3, Working = 2, Action = "recovery", Members = { "sdb1", "sdc1", "sdd1" } },
            array);
    }

    [Fact]
    public async Task Whole_and_inactive_arrays_are_told_apart_and_members_marked()
    {
        _files.With("proc/mdstat", Mdstat);

        var arrays = (await ReadAsync()).Arrays;

        Assert.Equal(["md0", "md1", "md127"], arrays.Select(array => array.Name));
        Assert.Equal((State.Whole, "raid1", false, "sda1,sde1 (faulty),sdf1 (spare)"), (arrays[0].State, arrays[0].Level, arrays[0].HasAction, string.Join(',', arrays[0].Members)));
        Assert.Equal((State.Inactive, false, false), (arrays[2].State, arrays[2].HasLevel, arrays[2].HasDevices));
    }

    [Fact]
    public async Task How_far_a_recovery_has_come_changes_no_byte()
    {
        _files.With("proc/mdstat", Mdstat);
        var before = await ReadAsync();
        _files.With("proc/mdstat", Mdstat.Replace("12.6%", "13.1%", StringComparison.Ordinal).Replace("127.5min", "99.0min", StringComparison.Ordinal));

        Assert.Equal(before, await ReadAsync());
    }

    [Fact]
    public async Task Swap_has_path_type_and_size()
    {
        _files.With("proc/swaps", "Filename\t\t\tType\t\tSize\t\tUsed\t\tPriority\n/swap\\040file\tfile\t\t2097148\t\t0\t\t-3\n/dev/dm-1 partition 1024 512 -2\n");

        Assert.Equal(
            [new SwapArea { Path = "/dev/dm-1", Type = "partition", SizeBytes = 1_048_576 }, new SwapArea { Path = "/swap file", Type = "file", SizeBytes = 2_147_479_552 }],
            (await ReadAsync()).Swaps);
    }

    [Fact]
    public void Random_text_is_no_array_and_no_fault() => Gen.Char["md0: activeraid1[]()/U_=\n "].Array[0, 400].Sample(letters =>
    {
        Assert.All(RaidText.Parse("md0 : active " + new string(letters)), array => Assert.StartsWith("md", array.Name, StringComparison.Ordinal));
        _ = Swaps.Parse(new string(letters)).Count();
    }, iter: Fuzz.Times(2000));

    private MachineFiles Device(string name, string size) =>
        _files.With($"sys/block/{name}/size", size).With($"sys/block/{name}/queue/rotational", "1").With($"sys/block/{name}/removable", "0");

    private async Task<Protocol.Storage> ReadAsync() =>
        (await new LinuxStorage(_files.Root).CollectAsync(TestContext.Current.CancellationToken)).Single().Storage;
}
