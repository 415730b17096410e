using System.Diagnostics;
using Sandbox.Agent.Backup;
using Sandbox.Protocol;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.Backups;

/// <summary>Debian's own restic: a repository is made, filled and restored, and each time the agent says what can be seen of it.</summary>
public sealed class RealRestic : IDisposable
{
    private const string Program = "/usr/bin/restic";
    private const string Password = "S3CRETpassword";
    private readonly MachineFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_backup_is_seen_when_it_ended_and_can_be_restored()
    {
        Assert.SkipWhen(!File.Exists(Program), "restic is not installed here. Type: sudo apt-get install restic");
        _files.With("home/elif/letter", "Dear lab").With("etc/cron.d/backup", $"RESTIC_PASSWORD={Password}\n@daily root restic -r /srv/repo backup /home\n").WithFolder("srv");
        Assert.False((await StoreAsync()).Present);
        await ResticAsync("init");
        Assert.Equal((true, 0u, null), ((await StoreAsync()).Present, (await StoreAsync()).Backups, (await StoreAsync()).LastSucceeded));
        var before = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

        await ResticAsync("backup", _files.At("home"));
        await ResticAsync("restore", "latest", "--target", _files.At("restored"));

        var store = await StoreAsync();
        Assert.Equal((1u, "time of the newest file in snapshots/"), (store.Backups, store.LastSucceededSource));
        Assert.InRange(store.LastSucceeded.Seconds, before, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        Assert.InRange(store.SizeBytes, 500ul, 1_000_000ul);
        Assert.Equal("Dear lab", await File.ReadAllTextAsync(_files.At("restored" + _files.At("home/elif/letter")), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_backup_that_failed_is_no_success()
    {
        Assert.SkipWhen(!File.Exists(Program), "restic is not installed here. Type: sudo apt-get install restic");
        _files.With("etc/cron.d/backup", "@daily root restic -r /srv/repo backup /home\n").WithFolder("srv");
        await ResticAsync("init");

        await Assert.ThrowsAnyAsync<Exception>(() => ResticAsync("backup", _files.At("nowhere")));

        Assert.Null((await StoreAsync()).LastSucceeded);
    }

    private async Task<BackupStore> StoreAsync()
    {
        var fact = (await new LinuxBackup(_files.Root).CollectAsync(TestContext.Current.CancellationToken)).Single().Backup;
        Assert.DoesNotContain(Password, fact.ToString(), StringComparison.Ordinal);
        return fact.Stores.Single();
    }

    private async Task ResticAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Program, ["-r", _files.At("srv/repo"), "--no-cache", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["RESTIC_PASSWORD"] = Password;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var said = await errors;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, said);
    }
}
