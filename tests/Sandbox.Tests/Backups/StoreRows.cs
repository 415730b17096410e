using Sandbox.Agent.Backup;
using Sandbox.Protocol;
using Sandbox.Tests.DataEncryption;
using static Sandbox.Protocol.BackupStore.Types;

namespace Sandbox.Tests.Backups;

/// <summary>Where backups lie, and what shows that the last one ended well.</summary>
public sealed class StoreRows : IDisposable
{
    private readonly DiskMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_repository_on_another_disk_is_told_from_one_on_another_volume_of_the_same()
    {
        _machine.Device("sda", "8:0").Partition("sda", "sda1", "8:1").Device("sdb", "8:16").Mapped("dm-0", "253:0", "vg-root", "LVM-a", "sda1").Mapped("dm-1", "253:1", "vg-backup", "LVM-b", "sda1")
            .Mount("/", "253:0", "/dev/mapper/vg-root").Mount("/backup", "253:1", "/dev/mapper/vg-backup").Mount("/mnt/usb", "8:16", "/dev/sdb");
        Restic("backup/repo").Restic("mnt/usb/repo").Cron("restic -r /backup/repo backup /home", "restic -r /mnt/usb/repo backup /home");

        var stores = (await ReadAsync()).Stores;

        Assert.Equal([("/backup/repo", false, "sda"), ("/mnt/usb/repo", true, "sdb")], stores.Select(store => (store.Location, store.OtherDevice, store.Disks.Single())));
    }

    [Fact]
    public async Task A_disk_that_is_not_plugged_in_is_not_there_and_nothing_is_said_of_its_place()
    {
        _machine.Device("sda", "8:0").Mount("/", "8:0", "/dev/sda");
        Cron("restic -r /mnt/usb/repo backup /home");
        _machine.Files.WithFolder("mnt/usb");

        var store = (await ReadAsync()).Stores.Single();

        Assert.Equal((Place.Here, false, false, false), (store.Place, store.Present, store.HasOtherDevice, store.HasBackups));
    }

    [Fact]
    public async Task What_saves_a_folder_of_its_own_disk_is_not_apart()
    {
        _machine.Device("sda", "8:0").Device("sdb", "8:16").Mount("/", "8:0", "/dev/sda").Mount("/data", "8:16", "/dev/sdb");
        Restic("data/repo").Cron("restic -r /data/repo backup /etc /data/pictures");

        Assert.False((await ReadAsync()).Stores.Single().OtherDevice);
    }

    [Fact]
    public async Task A_file_that_stands_for_a_disk_lies_on_the_disk_below_it()
    {
        _machine.Device("sda", "8:0").Device("loop0", "7:0").Mount("/", "8:0", "/dev/sda").Mount("/backup", "7:0", "/dev/loop0");
        _machine.Files.With("sys/devices/virtual/block/loop0/loop/backing_file", "/var/lib/box.img\n");
        Restic("backup/repo").Cron("restic -r /backup/repo backup /home");

        var store = (await ReadAsync()).Stores.Single();

        Assert.Equal((false, "sda"), (store.OtherDevice, store.Disks.Single()));
    }

    [Theory]
    [InlineData("sftp:elif@vault:/r", true), InlineData("s3:s3.example.com/lab", true), InlineData("b2:bucket:lab", true), InlineData("sftp:elif@localhost:/r", null), InlineData("rest:http://127.0.1.1:8000/", null)]
    [InlineData("sftp:elif@LAB-07:/r", null), InlineData("rest:https://lab-07.example.org:8000/", null), InlineData("sftp:elif@lab-08.example.org:/r", true)]
    [InlineData("rclone:cloud:lab", null), InlineData("rest:https://vault/x?token=S3CRET", null)]
    public async Task Another_machine_is_another_device_and_this_machine_by_its_address_is_not_nor_what_cannot_be_told(string repository, bool? other)
    {
        _machine.Files.With("etc/hostname", "lab-07.example.org\n");
        Cron($"restic -r {repository} backup /home");

        var store = (await ReadAsync()).Stores.Single();

        Assert.Equal((other, other == true ? Place.Elsewhere : Place.Unspecified), (store.HasOtherDevice ? store.OtherDevice : null, store.Place));
    }

    [Fact]
    public async Task A_folder_that_another_machine_keeps_is_not_looked_into()
    {
        _machine.Device("sda", "8:0").Mount("/", "8:0", "/dev/sda").Mount("/nas", "0:50", "nas:/export", "nfs4");
        Restic("nas/repo").Cron("restic -r /nas/repo backup /home");

        var store = (await ReadAsync()).Stores.Single();

        Assert.Equal((Place.Elsewhere, true, false, false), (store.Place, store.OtherDevice, store.HasPresent, store.HasBackups));
    }

    [Fact]
    public async Task The_newest_snapshot_of_restic_is_when_the_last_backup_ended_well()
    {
        Restic("srv/repo").Cron("restic -r /srv/repo backup /home");
        Touch("srv/repo/snapshots/aa", 1_700_000_000).Touch("srv/repo/snapshots/bb", 1_700_000_500).Touch("srv/repo/locks/cc", 1_800_000_000);

        var store = (await ReadAsync()).Stores.Single();

        Assert.Equal((2u, 1_700_000_500L, "time of the newest file in snapshots/"), (store.Backups, store.LastSucceeded.Seconds, store.LastSucceededSource));
    }

    [Fact]
    public async Task An_empty_repository_had_no_backup()
    {
        Restic("srv/repo").Cron("restic -r /srv/repo backup /home");

        var store = (await ReadAsync()).Stores.Single();

        Assert.Equal((true, 0u, null), (store.Present, store.Backups, store.LastSucceeded));
    }

    [Fact]
    public async Task Borg_remembers_its_repositories_in_homes_and_that_one_changed_is_no_success()
    {
        const string Folder = "root/.config/borg/security/5ada0e4ca1fa0563";
        _machine.Files.With($"{Folder}/location", "ssh://elif:S3CRET@vault/./lab").With($"{Folder}/key-type", "3").With($"{Folder}/manifest-timestamp", "2026-11-26T02:57:33.646121").With($"{Folder}/nonce", "00").With("root/.config/borg/keys/vault", "BORG_KEY S3CRET");

        var fact = await ReadAsync();

        var store = fact.Stores.Single();
        Assert.Equal(("borg", "ssh://vault/./lab", new DateTimeOffset(2026, 11, 26, 2, 57, 33, TimeSpan.Zero).ToUnixTimeSeconds()), (store.Program, store.Location, store.LastChanged.Seconds));
        Assert.Null(store.LastSucceeded);
        Assert.DoesNotContain("S3CRET", fact.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Duplicity_and_restic_leave_caches_without_an_address()
    {
        var id = new string('a', 64);
        _machine.Files.With("home/elif/.cache/duplicity/9f/duplicity-full.20261124T010000Z.manifest", "").With("home/elif/.cache/duplicity/9f/duplicity-inc.20261124T010000Z.to.20261125T010000Z.manifest.gpg", "")
            .With("home/elif/.cache/duplicity/9f/duplicity-inc.20261125T010000Z.to.20261126T010000Z.manifest.part", "").WithFolder($"home/elif/.cache/restic/{id}/snapshots");

        var stores = (await ReadAsync()).Stores;

        Assert.Equal(["duplicity", "restic"], stores.Select(store => store.Program));
        Assert.Equal(new DateTimeOffset(2026, 11, 25, 1, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds(), stores[0].LastSucceeded.Seconds);
        Assert.False(stores[1].HasLocation || stores[1].HasLastSucceededSource);
    }

    [Fact]
    public async Task Snapshots_of_Timeshift_that_were_not_finished_do_not_count()
    {
        _machine.Device("sda", "8:0").Device("sdb", "8:16").Mount("/", "8:0", "/dev/sda").Mount("/mnt/disk", "8:16", "/dev/sdb");
        _machine.Files.With("mnt/disk/timeshift/snapshots/2026-11-24_03-00-01/info.json", """{"created":"1700000000","tags":"daily weekly","comments":"before the upgrade","live":"false"}""")
            .With("mnt/disk/timeshift/snapshots/2026-11-25_03-00-01/info.json", """{"created":"1700086400","tags":"ondemand","comments":""}""").WithFolder("mnt/disk/timeshift/snapshots/2026-11-26_03-00-01/localhost");

        var store = (await ReadAsync()).Stores.Single();

        Assert.Equal(("/mnt/disk/timeshift/snapshots", true, 2u, 1_700_086_400L), (store.Location, store.OtherDevice, store.Backups, store.LastSucceeded.Seconds));
        Assert.Equal([new BackupSnapshot { Created = new() { Seconds = 1_700_086_400 }, Tags = { "ondemand" } }, new BackupSnapshot { Created = new() { Seconds = 1_700_000_000 }, Tags = { "daily", "weekly" }, Comment = "before the upgrade" }], store.Snapshots);
    }

    [Theory]
    [InlineData("""{"created":"1700000000","comments":"\ud800"}""", 1), InlineData("""{"created":1700000000}""", 0), InlineData("""{"created":"99999999999999"}""", 0), InlineData("[]", 0), InlineData("""{"created":"\ud800"}""", 0)]
    public async Task A_note_that_makes_no_sense_is_no_snapshot_and_fails_nothing(string note, uint count)
    {
        _machine.Files.With("timeshift/snapshots/a/info.json", note);

        var fact = await ReadAsync();

        Assert.Equal((count, count == 0), (fact.Stores.Single().Backups, fact.Unseen.Any(unseen => unseen.What == "/timeshift/snapshots/a/info.json")));
    }

    [Fact]
    public async Task Rsnapshot_dates_its_newest_folder_also_when_a_part_failed()
    {
        _machine.Files.With("etc/rsnapshot.conf", "snapshot_root\t/srv/snap\nbackup\t/home/\tlocalhost/\n").WithFolder("srv/snap/daily.0").WithFolder("srv/snap/daily.1");
        Directory.SetLastWriteTimeUtc(_machine.Files.At("srv/snap/daily.0"), DateTime.UnixEpoch.AddSeconds(1_700_000_000));

        var store = (await ReadAsync()).Stores.Single();

        Assert.Equal((1_700_000_000L, null), (store.LastChanged.Seconds, store.LastSucceeded));
    }

    private StoreRows Restic(string path)
    {
        _machine.Files.With($"{path}/config", "x").WithFolder($"{path}/snapshots").WithFolder($"{path}/data").WithFolder($"{path}/keys");
        return this;
    }

    private StoreRows Touch(string path, long seconds)
    {
        _machine.Files.With(path, "x");
        File.SetLastWriteTimeUtc(_machine.Files.At(path), DateTime.UnixEpoch.AddSeconds(seconds));
        return this;
    }

    private void Cron(params string[] commands) => _machine.Files.With("etc/cron.d/backup", string.Concat(commands.Select(command => $"@daily root {command}\n")));

    private async Task<Protocol.Backup> ReadAsync() => (await new LinuxBackup(_machine.Files.Root).CollectAsync(TestContext.Current.CancellationToken)).Single().Backup;
}
