using Sandbox.Protocol;
using Sandbox.Server.Dashboard.Facts;
using static Sandbox.Protocol.BackupStore.Types;

namespace Sandbox.Tests.Dashboard.OneDevice;

/// <summary>What a device says of its backups in words.</summary>
public sealed class BackupSheets
{
    [Fact]
    public void A_store_says_when_the_last_backup_ended_well_and_how_that_is_known()
    {
        var fact = new Backup
        {
            Stores = { new BackupStore { Program = "restic", Location = "/mnt/usb/repo", Place = Place.Here, Present = true, OtherDevice = true, Disks = { "sdb" }, Backups = 3, LastSucceeded = new() { Seconds = 1_700_000_000 }, LastSucceededSource = "newest file", SizeBytes = 1 << 30, KnownFrom = { "/etc/cron.d/b" } } },
        };

        Assert.Equal(["/mnt/usb/repo", "restic", "yes", "yes: sdb", "3", "2023-11-14 22:13:20 UTC", "newest file", null, "1 GiB", "/etc/cron.d/b"], Cells(fact, "Where backups lie"));
    }

    [Fact]
    public void What_is_not_known_of_a_store_is_neither_no_nor_0()
    {
        var fact = new Backup { Stores = { new BackupStore { Program = "borg", Location = "ssh://vault/./lab", Place = Place.Elsewhere, OtherDevice = true, LastChanged = new() { Seconds = 0 }, LastChangedSource = "manifest" } } };

        Assert.Equal(["ssh://vault/./lab", "borg", "elsewhere: not looked at", "yes", null, null, "nothing", "1970-01-01 00:00:00 UTC: manifest", null, ""], Cells(fact, "Where backups lie"));
    }

    [Fact]
    public void A_job_says_when_it_started_and_nothing_of_how_it_ended()
    {
        var fact = new Backup
        {
            Jobs = { new BackupJob { Program = "restic", Path = "/etc/systemd/system/b.service", Line = 4, Timer = "b.timer", Schedule = "OnCalendar=daily", Enabled = true, Covers = { "/home" }, Store = "/srv/r", LastStarted = new() { Seconds = long.MaxValue }, LastStartedSource = "stamp" } },
        };

        Assert.Equal(["/etc/systemd/system/b.service:4", "restic", "/home", "/srv/r", "b.timer: OnCalendar=daily", "yes", "not an instant", "stamp"], Cells(fact, "What makes them"));
    }

    [Fact]
    public void Snapshots_have_a_table_of_their_own()
    {
        var fact = new Backup { Stores = { new BackupStore { Program = "timeshift", Location = "/timeshift", Snapshots = { new BackupSnapshot { Created = new() { Seconds = 0 }, Tags = { "daily" } } } } } };

        Assert.Equal(["1970-01-01 00:00:00 UTC", "daily", "none", "/timeshift"], Cells(fact, "Snapshots"));
    }

    private static IReadOnlyList<string?> Cells(Backup fact, string title) => FactTables.Of(new Fact { Backup = fact }).Single(table => table.Title == title).Rows.Single().Cells;
}
