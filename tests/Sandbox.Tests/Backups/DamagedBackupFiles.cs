using Sandbox.Agent.Backup;
using Sandbox.Tests.Collecting;
using Sandbox.Tests.DamagedMachines;

namespace Sandbox.Tests.Backups;

/// <summary>Whatever lies where it looks, the collector ends with a fact.</summary>
public sealed class DamagedBackupFiles
{
    private static readonly string[] Sources =
    [
        "etc/crontab", "etc/cron.d/a", "etc/cron.daily/a", "etc/systemd/system/a.service", "etc/systemd/system/a.timer", "etc/env", "var/lib/systemd/timers/stamp-a.timer", "usr/local/bin/a", "etc/rsnapshot.conf", "etc/timeshift/timeshift.json",
        "timeshift/snapshots/a/info.json", "timeshift/snapshots", "root/.config/borg/security/a/location", "root/.config/borg/security/a/manifest-timestamp", "root/.cache/duplicity", "srv/repo/snapshots", "srv/repo/config", "proc/self/mountinfo",
    ];

    [Theory]
    [InlineData(Damage.Pipe), InlineData(Damage.OtherKind), InlineData(Damage.Circle), InlineData(Damage.Junk), InlineData(Damage.Half), InlineData(Damage.EndlessLine), InlineData(Damage.Empty)]
    public async Task Each_source_may_be_damaged_alone(Damage damage)
    {
        foreach (var source in Sources)
        {
            using var files = Whole();
            damage.DoTo(files.At(source));

            var facts = await new LinuxBackup(files.Root).CollectAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

            Assert.InRange(facts.Single().CalculateSize(), 1, 1 << 20);
        }
    }

    [Fact]
    public async Task A_script_that_is_a_pipe_keeps_nobody_waiting_and_is_named()
    {
        using var files = Whole();
        Damage.Pipe.DoTo(files.At("etc/cron.d/a"));

        var fact = (await new LinuxBackup(files.Root).CollectAsync(TestContext.Current.CancellationToken)).Single().Backup;

        Assert.Contains(fact.Unseen, unseen => unseen is { What: "/etc/cron.d/a", Why: "a pipe, not a file" });
    }

    private static MachineFiles Whole() => new MachineFiles()
        .With("etc/crontab", "@daily root restic -r /srv/repo backup /home\n").With("etc/cron.d/a", "@daily root /usr/local/bin/a\n").With("etc/cron.daily/a", "#!/bin/sh\nrestic backup /home\n").With("usr/local/bin/a", "#!/bin/sh\nrestic backup /x\n")
        .With("etc/systemd/system/a.service", "[Service]\nEnvironmentFile=/etc/env\nExecStart=/usr/local/bin/a\n").With("etc/systemd/system/a.timer", "[Timer]\nOnCalendar=daily\n").With("etc/env", "RESTIC_REPOSITORY=/srv/repo\n")
        .With("var/lib/systemd/timers/stamp-a.timer", "").With("etc/rsnapshot.conf", "snapshot_root\t/srv/snap\nbackup\t/home/\tx/\n").With("etc/timeshift/timeshift.json", "{\"schedule_daily\":\"true\"}")
        .With("timeshift/snapshots/a/info.json", "{\"created\":\"1700000000\"}").With("root/.config/borg/security/a/location", "/srv/borg").With("root/.config/borg/security/a/manifest-timestamp", "2026-11-26T02:57:33")
        .With("root/.cache/duplicity/a/duplicity-full.20261124T010000Z.manifest", "").With("srv/repo/config", "x").WithFolder("srv/repo/snapshots").With("proc/self/mountinfo", "30 1 8:0 / / rw - ext4 /dev/sda rw\n");
}
