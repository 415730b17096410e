using Sandbox.Protocol;
using static Sandbox.Protocol.DataPlace.Types;

namespace Sandbox.Tests.DataEncryption;

/// <summary>Whether data is encrypted where it lies: recorded /sys and /proc, since the machines that tests run on have no device-mapper.</summary>
public sealed class PlaceRows : IDisposable
{
    private const string Crypt = "CRYPT-LUKS2-58c9576548d049b39b0e14f63f30c76d-home";
    private readonly DiskMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task What_Debian_installs_encrypted_is_seen_down_to_the_disk()
    {
        _machine.AsDebianInstallsIt();

        var encryption = await _machine.ReadAsync();

        Assert.Equal(
            [
                new DataPlace { Path = "/", State = State.Encrypted, Source = "/dev/mapper/lab--vg-root", Type = "ext4", LiesOn = { "dm-1", "dm-0", "sda5", "sda" }, By = { Scheme.Luks2 } },
                new DataPlace { Path = "/boot", State = State.Clear, Source = "/dev/sda1", Type = "ext2", LiesOn = { "sda1", "sda" } },
            ],
            encryption.Places);
        Assert.Equal([new DataPlace { Path = "/dev/dm-2", State = State.Encrypted, Type = "partition", LiesOn = { "dm-2", "dm-0", "sda5", "sda" }, By = { Scheme.Luks2 } }], encryption.Swaps);
    }

    [Theory]
    [InlineData("CRYPT-LUKS1-58c9576548d049b39b0e14f63f30c76d-x", Scheme.Luks1), InlineData("CRYPT-PLAIN-x", Scheme.Plain), InlineData("CRYPT-TCRYPT-x", Scheme.Tcrypt), InlineData("CRYPT-BITLK-x", Scheme.Bitlocker)]
    [InlineData("CRYPT-FVAULT2-x", Scheme.Filevault), InlineData("CRYPT-LOOPAES-x", Scheme.LoopAes), InlineData("CRYPT-TEMP-x", Scheme.Other), InlineData("CRYPT-", Scheme.Other)]
    public async Task Other_schemes_of_dm_crypt_are_told_apart(string uuid, Scheme scheme)
    {
        _machine.Device("sda", "8:0").Mapped("dm-0", "253:0", "x", uuid, "sda").Mount("/srv", "253:0", "/dev/mapper/x");

        var place = await _machine.PlaceAsync("/srv");

        Assert.Equal((State.Encrypted, scheme), (place.State, place.By.Single()));
    }

    [Theory]
    [InlineData("CRYPT-VERITY-58c9576548d049b39b0e14f63f30c76d-usr"), InlineData("CRYPT-INTEGRITY-x"), InlineData("LVM-crypt"), InlineData("mpath-CRYPT-LUKS2"), InlineData("crypt-luks2-x")]
    public async Task What_only_checks_or_joins_encrypts_nothing(string uuid)
    {
        _machine.Device("sda", "8:0").Mapped("dm-0", "253:0", "luks-home", uuid, "sda").Mount("/srv", "253:0", "/dev/mapper/luks-home");

        var place = await _machine.PlaceAsync("/srv");

        Assert.Equal((State.Clear, 0), (place.State, place.By.Count));
    }

    [Fact]
    public async Task A_mirror_of_which_one_half_is_in_the_clear_is_partly_encrypted()
    {
        _machine.Device("sda", "8:0").Device("sdb", "8:16").Mapped("dm-0", "253:0", "a", Crypt, "sda").Device("md0", "9:0", "dm-0", "sdb").Mount("/srv", "9:0", "/dev/md0");

        Assert.Equal((State.Partly, "md0,dm-0,sda,sdb"), ((await _machine.PlaceAsync("/srv")).State, string.Join(',', (await _machine.PlaceAsync("/srv")).LiesOn)));
    }

    [Fact]
    public async Task A_device_that_does_not_say_what_it_is_is_not_known()
    {
        _machine.Device("sda", "8:0").Device("dm-0", "253:0", "sda").Mount("/srv", "253:0", "/dev/mapper/x");

        var place = await _machine.PlaceAsync("/srv");

        Assert.Equal((State.Unspecified, "dm-0 does not say what it is. Type: sudo dmsetup table"), (place.State, place.Why));
    }

    [Fact]
    public async Task Devices_in_a_circle_end_as_not_known()
    {
        _machine.Device("md0", "9:0", "md1").Device("md1", "9:1", "md0").Mount("/srv", "9:0", "/dev/md0");

        Assert.Equal(State.Unspecified, (await _machine.PlaceAsync("/srv")).State);
    }

    [Fact]
    public async Task A_file_that_stands_for_a_disk_is_followed_to_where_it_lies()
    {
        _machine.AsDebianInstallsIt().Device("loop0", "7:0").Mount("/mnt", "7:0", "/dev/loop0");
        _machine.Files.With("sys/devices/virtual/block/loop0/loop/backing_file", "/var/lib/box.img\n");

        var place = await _machine.PlaceAsync("/mnt");

        Assert.Equal((State.Encrypted, "loop0,dm-1,dm-0,sda5,sda"), (place.State, string.Join(',', place.LiesOn)));
    }

    [Fact]
    public async Task Btrfs_has_numbers_of_no_device_and_may_lie_on_several()
    {
        _machine.Device("sda", "8:0").Device("sdb", "8:16").Mapped("dm-0", "253:0", "one", Crypt, "sda").Mount("/", "0:31", "/dev/mapper/one", "btrfs");
        Assert.Equal(State.Encrypted, (await _machine.PlaceAsync("/")).State);

        _machine.Files.With("sys/fs/btrfs/4a0e/devices/dm-0", "").With("sys/fs/btrfs/4a0e/devices/sdb", "");

        Assert.Equal(State.Partly, (await _machine.PlaceAsync("/")).State);
    }

    [Theory]
    [InlineData("ecryptfs", State.Encrypted, Scheme.Ecryptfs), InlineData("fuse.gocryptfs", State.Encrypted, Scheme.Fuse), InlineData("fuse.sshfs", State.Elsewhere, null), InlineData("zfs", State.Unspecified, null)]
    public async Task File_systems_that_are_no_devices(string type, State state, Scheme? scheme)
    {
        _machine.Mount("/home/elif", "0:50", "tank/elif", type);

        var place = await _machine.PlaceAsync("/home/elif");

        Assert.Equal((state, scheme, state == State.Unspecified), (place.State, place.By.Count == 0 ? null : place.By[0], place.HasWhy));
    }

    [Fact]
    public async Task Home_has_a_row_of_its_own_though_it_is_no_mount()
    {
        _machine.AsDebianInstallsIt().Files.WithFolder("home/elif");

        Assert.Equal(["/", "/boot", "/home"], (await _machine.ReadAsync()).Places.Select(place => place.Path));
    }

    [Theory]
    [InlineData("squashfs", "/snap/core/1"), InlineData("ext4", "/var/lib/docker/x"), InlineData("ext4", "/run/netns"), InlineData("devtmpfs", "/dev")]
    public async Task Passing_mounts_and_those_of_the_system_have_none(string type, string point)
    {
        _machine.Device("sda", "8:0").Mount(point, "8:0", "/dev/sda", type);

        Assert.Empty((await _machine.ReadAsync()).Places);
    }

    [Theory]
    [InlineData("/swapfile file 100 0 -2", State.Encrypted), InlineData("/boot/swap file 100 0 -2", State.Clear), InlineData("/dev/zram0 partition 100 0 100", State.Memory), InlineData("/dev/sda9 partition 1 0 0", State.Unspecified)]
    public async Task Swap_lies_where_its_file_or_device_does(string line, State state)
    {
        _machine.AsDebianInstallsIt().Device("zram0", "252:0").Files.With("proc/swaps", $"Filename Type Size Used Priority\n{line}\n");

        Assert.Equal(state, (await _machine.ReadAsync()).Swaps.Single().State);
    }

    [Fact]
    public async Task Memory_that_is_written_back_to_a_disk_is_as_that_disk_is()
    {
        _machine.Device("sda", "8:0").Device("zram0", "252:0").Files.With("sys/devices/virtual/block/zram0/backing_dev", "/dev/sda\n").With("proc/swaps", "F\n/dev/zram0 partition 1 0 0\n");

        Assert.Equal(State.Clear, (await _machine.ReadAsync()).Swaps.Single().State);
    }

    [Fact]
    public async Task Without_swap_the_list_is_empty_and_without_the_table_it_is_named()
    {
        _machine.Files.With("proc/swaps", "Filename\tType\tSize\tUsed\tPriority\n");
        Assert.DoesNotContain((await _machine.ReadAsync()).Unseen, unseen => unseen.What == "/proc/swaps");

        File.Delete(_machine.Files.At("proc/swaps"));

        Assert.Contains((await _machine.ReadAsync()).Unseen, unseen => unseen is { What: "/proc/swaps", Why: "not present" });
    }

    [Fact]
    public async Task Folders_that_are_set_up_are_named_open_or_not()
    {
        _machine.AsDebianInstallsIt().Mount("/home/mia", "0:44", "/home/.ecryptfs/mia/.Private", "ecryptfs").Files
            .WithFolder("home/.ecryptfs/mia/.Private").WithFolder("home/.ecryptfs/noa/.Private").WithFolder("home/.ecryptfs/none").WithFolder(".fscrypt/policies");

        Assert.Equal(
            [
                new FolderEncryption { Path = "/", Scheme = Scheme.Fscrypt },
                new FolderEncryption { Path = "/home/mia", Scheme = Scheme.Ecryptfs, Open = true },
                new FolderEncryption { Path = "/home/noa", Scheme = Scheme.Ecryptfs, Open = false },
            ],
            (await _machine.ReadAsync()).Folders);
    }

    [Fact]
    public async Task The_running_system_says_where_its_own_root_lies()
    {
        var fact = (await new Agent.Encryption.LinuxEncryption("/").CollectAsync(TestContext.Current.CancellationToken)).Single().Encryption;

        Assert.Contains(fact.Places, place => place.Path == "/" && (place.State != State.Unspecified || place.HasWhy));
    }
}
