using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Tests.Evidence.Attribution;
using Kind = Sandbox.Protocol.BlockDevice.Types.Kind;

namespace Sandbox.Tests.Evidence.Crediting.Additions;

/// <summary>Line 4.6: file systems that somebody set up to stay, and everything that only looks like it.</summary>
public sealed class FileSystemsAdded
{
    private static readonly BlockDevice[] Disks =
    [
        Disk("sda"), Part("sda1", "sda"), Disk("sdb"), Part("sdb1", "sdb"), Disk("sdc", removable: true), Part("sdc1", "sdc"), new BlockDevice { Name = "loop0", Kind = Kind.Loop },
        new BlockDevice { Name = "dm-0", Kind = Kind.LogicalVolume, MappedName = "vg0-data", LiesOn = { "sdb1" } }, new BlockDevice { Name = "dm-1", Kind = Kind.Crypt, MappedName = "file", LiesOn = { "loop0" } },
    ];

    private readonly Watched _device = At.Device(Of());

    [Fact]
    public void A_file_system_on_a_disk_of_its_own_counts_and_is_whose_act_it_was()
    {
        var item = _device.Tells(At.Runs(_device.Now, "/usr/bin/nano", "/etc/fstab")).Says(Of(Mounted("/srv", "/dev/sdb1"))).Only;

        Assert.Equal(("4.6", "storage.added", "file system /srv (/dev/sdb1)", "mounted (ext4) and listed in /etc/fstab"), (item.Line, item.Act, item.Target, item.After));
        Assert.Equal((EvidenceState.Watched, Grade.E2, Doing.Anna), (item.State, item.Grade, item.Person!.Value));
        Assert.Equal(EvidenceState.Held, _device.After(At.Day).SaysTheSame().Only.State);
    }

    [Fact]
    public void A_volume_on_a_disk_counts() => Assert.Single(_device.Says(Of(Mounted("/srv", "/dev/mapper/vg0-data"))).Evidence);

    [Fact]
    public void That_a_virtual_machines_disks_are_made_at_will_is_said() =>
        Assert.Contains("made at will", _device.Says(new Hardware { Virtualisation = "kvm" }).Says(Of(Mounted("/srv", "/dev/sdb1"))).Only.GradeReason, StringComparison.Ordinal);

    [Theory]
    [InlineData("/dev/loop0"), InlineData("/dev/mapper/file"), InlineData("/dev/sdc1"), InlineData("/dev/unknown"), InlineData("server:/export"), InlineData("tmpfs"), InlineData("/dev/sda1")]
    public void What_is_no_disk_of_its_own_does_not(string source) => Assert.Empty(_device.Says(Of(Mounted("/srv", source))).Evidence);

    [Theory]
    [InlineData("tmpfs"), InlineData("vfat"), InlineData("squashfs"), InlineData("nfs4")]
    public void What_is_not_for_files_that_stay_does_not(string type) => Assert.Empty(_device.Says(Of(Mounted("/srv", "/dev/sdb1", type))).Evidence);

    [Fact]
    public void What_does_not_stand_in_fstab_does_not() => Assert.Empty(_device.Says(Of((Mounted("/srv", "/dev/sdb1").Mount, null))).Evidence);

    [Fact]
    public void What_stands_there_without_being_mounted_does_not() => Assert.Empty(_device.Says(Of((null, new FstabEntry { MountPoint = "/srv", Mounted = false, Type = "ext4" }))).Evidence);

    [Fact]
    public void What_is_mounted_by_hand_alone_does_not() =>
        Assert.Empty(_device.Says(Of((Mounted("/srv", "/dev/sdb1").Mount, new FstabEntry { MountPoint = "/srv", Mounted = true, Type = "ext4", Options = { "noauto" } }))).Evidence);

    [Fact]
    public void What_is_unmounted_within_the_day_earns_nothing() => Assert.Equal(EvidenceState.Undone, _device.Says(Of(Mounted("/srv", "/dev/sdb1"))).After(At.Minute).Says(Of()).Only.State);

    [Fact]
    public void What_leaves_fstab_within_the_day_earns_nothing() =>
        Assert.Equal(EvidenceState.Undone, _device.Says(Of(Mounted("/srv", "/dev/sdb1"))).After(At.Minute).Says(Of((Mounted("/srv", "/dev/sdb1").Mount, null))).Only.State);

    [Fact]
    public void What_was_credited_is_the_same_at_another_place()
    {
        _device.Says(Of(Mounted("/srv", "/dev/sdb1"))).After(At.Day).SaysTheSame();

        Assert.Equal(EvidenceState.Held, _device.Says(Of(Mounted("/data", "/dev/sdb1"))).Only.State);
    }

    [Fact]
    public void Mounts_that_could_not_be_read_are_no_beginning() => Assert.Empty(At.Device(new Protocol.Storage()).Says(Of(Mounted("/srv", "/dev/sdb1"))).Evidence);

    [Theory]
    [InlineData("/usr/bin/mount", "/srv"), InlineData("/usr/bin/mount", "-a"), InlineData("/usr/bin/tee", "-a", "/etc/fstab")]
    public void The_command_tells(string program, params string[] arguments) => Assert.Equal(Doing.Anna, _device.Tells(At.Runs(_device.Now, program, arguments)).Says(Of(Mounted("/srv", "/dev/sdb1"))).Only.Person);

    [Theory]
    [InlineData("/usr/bin/mount", "/mnt"), InlineData("/usr/bin/cat", "/etc/fstab"), InlineData("/usr/bin/umount", "/srv"), InlineData("/usr/bin/df", "/srv")]
    public void Another_command_does_not(string program, params string[] arguments) => Assert.Null(_device.Tells(At.Runs(_device.Now, program, arguments)).Says(Of(Mounted("/srv", "/dev/sdb1"))).Only.Person);

    private static (Filesystem? Mount, FstabEntry? Entry) Mounted(string point, string source, string type = "ext4") =>
        (new Filesystem { MountPoint = point, Source = source, Type = type }, new FstabEntry { MountPoint = point, Source = source, Type = type, Mounted = true });

    private static Protocol.Storage Of(params (Filesystem? Mount, FstabEntry? Entry)[] more) => new()
    {
        Devices = { Disks },
        Filesystems = { (IEnumerable<Filesystem>)[Mounted("/", "/dev/sda1").Mount!, .. more.Select(one => one.Mount).OfType<Filesystem>()] },
        Fstab = { (IEnumerable<FstabEntry>)[Mounted("/", "/dev/sda1").Entry!, .. more.Select(one => one.Entry).OfType<FstabEntry>()] },
    };

    private static BlockDevice Disk(string name, bool removable = false) => new() { Name = name, Kind = Kind.Disk, Removable = removable };

    private static BlockDevice Part(string name, string disk) => new() { Name = name, Kind = Kind.Partition, LiesOn = { disk } };
}
