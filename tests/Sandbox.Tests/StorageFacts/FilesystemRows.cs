using CsCheck;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Storage;
using Sandbox.Protocol;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.StorageFacts;

public sealed class FilesystemRows : IDisposable
{
    private const string Table = "proc/self/mountinfo";
    private const string RootLine = "27 1 254:0 / / rw,relatime - ext4 /dev/vda1 rw,discard\n";
    private readonly MachineFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_file_system_has_point_source_type_options_size_and_use()
    {
        _files.With(Table, "40 27 253:2 / /home rw,nosuid,nodev,relatime shared:9 - ext4 /dev/mapper/vg0-home rw,usrjquota=aquota.user,jqfmt=vfsv1,grpquota\n");

        var one = (await ReadAsync(_ => new Space(1000, 300, 250))).Filesystems.Single();

        Assert.Equal(
            new Filesystem
            {
                MountPoint = "/home", Source = "/dev/mapper/vg0-home", Type = "ext4", SizeBytes = 1000, UsedPercent = 70,
                Options = { "grpquota", "nodev", "nosuid", "usrquota" },
            },
            one);
    }

    [Theory]
    [InlineData("proc", "/proc"), InlineData("sysfs", "/sys"), InlineData("cgroup2", "/sys/fs/cgroup"), InlineData("nsfs", "/run/netns/x"), InlineData("ext4", "/run/netns"), InlineData("overlay", "/var/lib/docker/overlay2/a/merged")]
    [InlineData("tmpfs", "/run/user/1000"), InlineData("squashfs", "/snap/core/1"), InlineData("overlay", "/mnt/x")]
    public async Task The_kernels_own_and_passing_mounts_are_left_out(string type, string point)
    {
        _files.With(Table, $"40 27 0:2 / {point} rw - {type} none rw\n");

        Assert.Empty((await ReadAsync()).Filesystems);
    }

    [Fact]
    public async Task The_last_mount_on_a_point_hides_the_others()
    {
        _files.With(Table, RootLine + "41 27 8:1 / /srv rw - ext4 /dev/sda1 rw\n42 41 8:2 / /srv ro - xfs /dev/sdb1 rw\n");

        var srv = (await ReadAsync()).Filesystems.Single(one => one.MountPoint == "/srv");

        Assert.Equal(("/dev/sdb1", "xfs", "ro"), (srv.Source, srv.Type, srv.Options.Single()));
    }

    [Fact]
    public async Task What_the_first_process_sees_counts_and_not_what_a_hardened_service_sees()
    {
        _files.With(Table, RootLine.Replace(" rw,", " ro,", StringComparison.Ordinal)).With("proc/1/mountinfo", RootLine);

        Assert.DoesNotContain("ro", (await ReadAsync()).Filesystems.Single().Options);
    }

    [Fact]
    public async Task A_blank_in_a_path_is_a_blank()
    {
        _files.With(Table, "41 27 8:1 / /mnt/My\\040Disk\\134x rw - vfat /dev/sdb1 rw\n");

        Assert.Equal("/mnt/My Disk\\x", (await ReadAsync()).Filesystems.Single().MountPoint);
    }

    [Theory]
    [InlineData("nfs4", "server:/export"), InlineData("cifs", "//server/share"), InlineData("fuse.sshfs", "elif@host:/"), InlineData("fuseblk", "/dev/sdb1")]
    public async Task What_may_hang_is_not_asked_for_its_size(string type, string source)
    {
        _files.With(Table, $"41 27 0:50 / /mnt rw - {type} {source} rw\n");

        var one = (await ReadAsync(_ => throw new InvalidOperationException("asked"))).Filesystems.Single();

        Assert.Equal((source, false, false), (one.Source, one.HasSizeBytes, one.HasUsedPercent));
    }

    [Fact]
    public async Task Another_root_is_not_asked_for_its_size()
    {
        _files.With(Table, RootLine);

        Assert.False((await ReadAsync()).Filesystems.Single().HasSizeBytes);
    }

    [Fact]
    public async Task No_password_of_a_mount_leaves_the_machine()
    {
        _files.With(Table, "41 27 0:50 / /dav rw - fuse https://elif:hunter2-planted@cloud/dav rw,password=hunter2-planted\n42 27 0:51 / /cifs rw - cifs //elif:hunter2-planted@server/share rw,username=e,password=hunter2-planted\n")
            .With("etc/fstab", "//server/share /cifs cifs username=elif,password=hunter2-planted,noauto 0 0\n//elif:hunter2-planted@server/b /b cifs credentials=/x 0 0\n");

        var storage = await ReadAsync();

        Assert.Equal((2, 2), (storage.Filesystems.Count, storage.Fstab.Count));
        Assert.DoesNotContain("hunter2-planted", storage.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_of_fstab_says_whether_it_is_mounted()
    {
        _files.With(Table, RootLine).With("etc/fstab", "# comment\n\nUUID=a / ext4 errors=remount-ro 0 1\nUUID=b /srv/ xfs nofail,prjquota,noexec 0 2\nUUID=c none swap sw 0 0\n");

        var fstab = (await ReadAsync()).Fstab;

        Assert.Equal(
            [
                new FstabEntry { Source = "UUID=a", MountPoint = "/", Type = "ext4", Mounted = true },
                new FstabEntry { Source = "UUID=b", MountPoint = "/srv/", Type = "xfs", Mounted = false, Options = { "noexec", "nofail", "prjquota" } },
                new FstabEntry { Source = "UUID=c", MountPoint = "none", Type = "swap" },
            ],
            fstab);
    }

    [Fact]
    public async Task A_line_of_fstab_that_is_no_entry_is_named()
    {
        _files.With("etc/fstab", "UUID=a /\n");

        Assert.Contains((await ReadAsync()).Unseen, unseen => unseen is { What: "/etc/fstab", Why: "line 1 is no entry" });
    }

    [Fact]
    public async Task Without_the_table_of_mounts_nothing_is_said_to_be_unmounted()
    {
        _files.With("etc/fstab", "UUID=a / ext4 defaults 0 1\n");

        var storage = await ReadAsync();

        Assert.False(storage.Fstab.Single().HasMounted);
        Assert.Contains(storage.Unseen, unseen => unseen.What == "/proc/self/mountinfo");
    }

    [Fact]
    public void Use_is_told_in_steps_that_do_not_go_to_and_fro()
    {
        var steps = new UsedSteps();

        double[] percents = [84.9, 85.1, 84.2, 85.9, 86.0, 84.5, 83.9, 0, 100];

        Assert.Equal([80u, 80u, 80u, 80u, 85u, 85u, 80u, 0u, 100u], percents.Select(percent => steps.Of("/", percent)));
    }

    [Fact]
    public async Task Sizes_that_change_within_a_step_change_no_byte()
    {
        _files.With(Table, RootLine);
        var free = 300;
        var collector = new LinuxStorage(_files.Root, _ => new Space(1000, free, free));
        var before = await ReadAsync(collector);
        free = 299;

        Assert.Equal(before, await ReadAsync(collector));
    }

    [Fact]
    public async Task Many_mounts_are_cut_and_named()
    {
        _files.With(Table, string.Concat(Enumerable.Range(0, 305).Select(i => $"40 27 8:{i} / /m{i:000} rw - ext4 /dev/sd{i} rw\n")));

        var storage = await ReadAsync();

        Assert.Equal(300, storage.Filesystems.Count);
        Assert.Contains(storage.Unseen, unseen => unseen.Why.StartsWith("more than 300", StringComparison.Ordinal));
    }

    [Fact]
    public void Random_lines_are_no_mount_and_no_fault() => Gen.Char[" -/\\0178,abc\n\t"].Array[0, 200].Sample(letters => _ = Mount.Parse(new string(letters)), iter: Fuzz.Times(3000));

    [Fact]
    public async Task This_machines_root_is_seen_with_size_and_use()
    {
        Assert.SkipUnless(System.OperatingSystem.IsLinux(), "reads /proc");

        var top = (await ReadAsync(new LinuxStorage("/"))).Filesystems.Single(one => one.MountPoint == "/");

        Assert.Equal((true, 0u), (top.SizeBytes > 0, top.UsedPercent % 5));
    }

    private Task<Protocol.Storage> ReadAsync(Func<string, Space?>? space = null) => ReadAsync(new LinuxStorage(_files.Root, space));

    private static async Task<Protocol.Storage> ReadAsync(LinuxStorage collector) =>
        (await collector.CollectAsync(TestContext.Current.CancellationToken)).Single().Storage;
}
