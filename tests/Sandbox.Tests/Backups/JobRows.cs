using Sandbox.Agent.Backup;
using Sandbox.Protocol;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.Backups;

/// <summary>What makes backups: units with their timers, cron, and programs' own settings.</summary>
public sealed class JobRows : IDisposable
{
    private const string Service = "etc/systemd/system/backup.service";
    private readonly MachineFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_service_with_its_timer_says_what_it_saves_where_to_and_when_it_last_started()
    {
        _files.With(Service, "[Service]\nType=oneshot\nEnvironmentFile=-/etc/restic.env\nExecStart=/usr/bin/restic backup --tag lab \\\n  --exclude /home/tmp /home /etc\nExecStartPost=/usr/bin/restic forget --keep-daily 7\n")
            .With("etc/restic.env", "RESTIC_PASSWORD=S3CRET\nRESTIC_REPOSITORY=\"rest:https://lab:S3CRET@backup.example:8000/lab\"\n")
            .With("etc/systemd/system/backup.timer", "[Timer]\nOnCalendar=daily\nRandomizedDelaySec=1h\nPersistent=true\n[Install]\nWantedBy=timers.target\n")
            .WithLink("etc/systemd/system/timers.target.wants/backup.timer", "../backup.timer").With("var/lib/systemd/timers/stamp-backup.timer", "");
        File.SetLastWriteTimeUtc(_files.At("var/lib/systemd/timers/stamp-backup.timer"), DateTime.UnixEpoch.AddSeconds(1_700_000_000));

        var fact = await ReadAsync();

        Assert.Equal(
            new BackupJob
            {
                Program = "restic", Path = $"/{Service}", Line = 4, Schedule = "OnCalendar=daily", Timer = "backup.timer", Enabled = true, Covers = { "/home", "/etc" }, Store = "rest:https://backup.example:8000/lab",
                LastStarted = new() { Seconds = 1_700_000_000 }, LastStartedSource = "/var/lib/systemd/timers/stamp-backup.timer",
            },
            Assert.Single(fact.Jobs));
        Assert.DoesNotContain("S3CRET", fact.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_a_timer_started_it_is_not_that_it_succeeded()
    {
        _files.With(Service, "[Service]\nExecStart=restic -r /srv/repo backup /home\n").With("etc/systemd/system/backup.timer", "[Timer]\nOnCalendar=daily\n").With("var/lib/systemd/timers/stamp-backup.timer", "");

        var fact = await ReadAsync();

        Assert.NotNull(fact.Jobs.Single().LastStarted);
        Assert.Null(fact.Stores.Single().LastSucceeded);
    }

    [Fact]
    public async Task A_timer_of_another_name_and_drop_ins_count()
    {
        _files.With("usr/lib/systemd/system/backup.service", "[Service]\nExecStart=/usr/bin/borg create --stats ::{now} /srv\n").With("etc/systemd/system/backup.service.d/repo.conf", "[Service]\nEnvironment=\"BORG_REPO=ssh://borg@vault:22/./lab\" BORG_PASSPHRASE=S3CRET\n")
            .With("etc/systemd/system/night.timer", "[Timer]\nOnCalendar=03:00\nUnit=backup.service\n");

        var job = (await ReadAsync()).Jobs.Single();

        Assert.Equal(("borg", "night.timer", false, "ssh://vault:22/./lab", "/srv"), (job.Program, job.Timer, job.Enabled, job.Store, job.Covers.Single()));
    }

    [Fact]
    public async Task A_drop_in_puts_another_command_in_the_place_of_the_first()
    {
        _files.With(Service, "[Service]\nExecStart=/usr/bin/restic -r /srv/old backup /home\n").With($"{Service}.d/override.conf", "[Service]\nExecStart=\n#ExecStart=/usr/bin/restic -r /srv/no backup /home\nExecStart=/usr/bin/restic -r /srv/new backup /home\n");

        var job = (await ReadAsync()).Jobs.Single();

        Assert.Equal(("/srv/new", $"/{Service}.d/override.conf", 4u), (job.Store, job.Path, job.Line));
    }

    [Theory]
    [InlineData("etc/crontab", "*/5,30 2-4/2 * Jan,mar Mon-fri root restic -r /mnt/b backup /home", "*/5,30 2-4/2 * Jan,mar Mon-fri", "/mnt/b")]
    [InlineData("etc/crontab", "30 2 * * * root restic -r /mnt/b backup /home", "30 2 * * *", "/mnt/b"), InlineData("etc/cron.d/b", "@daily root nice -n 19 /usr/bin/restic backup /home -r /mnt/b", "@daily", "/mnt/b")]
    [InlineData("var/spool/cron/crontabs/elif", "5 4 * * 0 rsync -a --delete -e 'ssh -p 2' /home elif@vault:/srv/elif >/dev/null 2>&1", "5 4 * * 0", "vault:/srv/elif")]
    [InlineData("var/spool/cron/crontabs/root", "RESTIC_REPOSITORY=sftp:elif@vault:/r\n0 1 * * * cd / && RESTIC_PASSWORD=S3CRET restic backup /home", "0 1 * * *", "sftp:vault:/r")]
    public async Task Lines_of_cron_are_understood(string path, string text, string schedule, string store)
    {
        _files.With(path, $"# 0 0 * * * root restic backup /commented\nMAILTO=elif\n{text}\n");

        var fact = await ReadAsync();

        var job = fact.Jobs.Single();
        Assert.Equal((schedule, store, "/home", true), (job.Schedule, job.Store, job.Covers.Single(), job.Enabled));
        Assert.DoesNotContain("S3CRET", fact.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0 3 * * BORG_PASSPHRASE=S3CRET borg create ssh://nas/./r::{now} /srv"), InlineData("0 3 * RESTIC_PASSWORD=S3CRET root restic backup /home"), InlineData("0 3 * * S3CRET root restic backup /x")]
    public async Task A_line_of_cron_that_lacks_a_field_is_none_and_tells_no_secret(string line)
    {
        _files.With("etc/crontab", line + "\n");

        var fact = await ReadAsync();

        Assert.Empty(fact.Jobs);
        Assert.DoesNotContain("S3CRET", fact.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_of_cron_or_of_a_unit_is_looked_into()
    {
        const string Script = "#!/bin/sh\n# restic backup /commented\nexport RESTIC_REPOSITORY=/mnt/usb/restic RESTIC_PASSWORD=S3CRET\nrestic backup \"/home\" '/var/lib/My Data' $EXTRA\nrestic check\n";
        _files.With("etc/cron.daily/backup", Script).With("usr/local/sbin/save", Script).With(Service, "[Service]\nExecStart=/usr/local/sbin/save --now\n");
        if (!System.OperatingSystem.IsWindows()) File.SetUnixFileMode(_files.At("etc/cron.daily/backup"), UnixFileMode.UserExecute | UnixFileMode.UserRead | UnixFileMode.UserWrite);

        var fact = await ReadAsync();

        Assert.Equal([("/etc/cron.daily/backup", 4u, "daily"), ($"/{Service}", 2u, "")], fact.Jobs.Select(job => (job.Path, job.Line, job.Schedule)));
        Assert.All(fact.Jobs, job => Assert.Equal(("/mnt/usb/restic", "/home,/var/lib/My Data"), (job.Store, string.Join(',', job.Covers))));
        Assert.DoesNotContain("S3CRET", fact.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("restic check"), InlineData("restic forget --prune"), InlineData("borg prune /r"), InlineData("echo restic"), InlineData("cat /var/log/restic/backup"), InlineData("rsnapshot configtest"), InlineData("duplicity verify x /y")]
    public async Task What_makes_no_backup_is_no_job(string command)
    {
        _files.With("etc/cron.d/x", $"@daily root {command}\n");

        Assert.Empty((await ReadAsync()).Jobs);
    }

    [Fact]
    public async Task Rsnapshot_and_Timeshift_say_it_in_their_settings()
    {
        _files.With("etc/rsnapshot.conf", "#comment\nsnapshot_root\t/srv/snap/\nbackup\t/home/\tlocalhost/\nbackup\troot@vault:/etc/\tvault/\nbackup_script\t/usr/bin/x S3CRET\tdb/\n")
            .With("etc/timeshift/timeshift.json", """{"backup_device_uuid":"5b1c","schedule_daily":"true","schedule_weekly":"false","schedule_boot":"true","exclude":["/root/S3CRET"]}""");

        var fact = await ReadAsync();

        Assert.Equal(
            [
                new BackupJob { Program = "rsnapshot", Path = "/etc/rsnapshot.conf", Covers = { "/home/" }, Store = "/srv/snap/" },
                new BackupJob { Program = "timeshift", Path = "/etc/timeshift/timeshift.json", Covers = { "/" }, Enabled = true, Schedule = "boot, daily" },
            ],
            fact.Jobs);
        Assert.DoesNotContain("S3CRET", fact.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_installed_is_named_and_what_cannot_be_read_as_well()
    {
        _files.With("usr/bin/restic", "").With("usr/local/bin/borg", "").With("usr/bin/deja-dup", "");

        var fact = await ReadAsync();

        Assert.Equal(["borg", "deja-dup", "restic"], fact.Installed);
        Assert.Contains(fact.Unseen, unseen => unseen.What == "/usr/bin/deja-dup");
    }

    private async Task<Protocol.Backup> ReadAsync() => (await new LinuxBackup(_files.Root).CollectAsync(TestContext.Current.CancellationToken)).Single().Backup;
}
