using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Sandbox.Ledger;
using Sandbox.Server.Hosting;
using Sandbox.Server.Pki;
using Sandbox.Server.Sequencing;
using Sandbox.Server.Witness;
using Sandbox.Storage.Log;
using Sandbox.Tests.ServerHost;
using Sandbox.Tests.Spool;
using Sandbox.Tests.Storage.Conformance;

namespace Sandbox.Tests.LabBackups;

/// <summary>Where a backup may be put, who may, and what of a machine stays.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class Restoring : IAsyncLifetime
{
    private SavedLab _lab = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _lab = await SavedLab.OfAsync(StoreKind.Sqlite, 3);

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task A_backup_is_its_owners_alone_and_leaves_nothing_beside()
    {
        await _lab.BackupAsync();

        Assert.Equal(DurableFile.Secret, File.GetUnixFileMode(_lab.Backup));
        Assert.Equal([_lab.Backup, _lab.Secret], Directory.GetFileSystemEntries(_lab.Elsewhere).Order());
    }

    [Fact]
    public async Task Somebody_else_on_the_machine_reads_no_backup()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "becoming somebody else needs root");
        await _lab.BackupAsync();
        File.SetUnixFileMode(_lab.Elsewhere, DurableFile.Open | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);

        using var cat = Process.Start(new ProcessStartInfo("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", "cat", _lab.Backup]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (read, said) = (await cat.StandardOutput.ReadToEndAsync(Ct), await cat.StandardError.ReadToEndAsync(Ct));
        await cat.WaitForExitAsync(Ct);

        Assert.Equal((1, ""), (cat.ExitCode, read));
        Assert.Contains("Permission denied", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_put_back_is_its_owners_alone()
    {
        await using var other = await _lab.RestoreAsync(await _lab.BackupAsync());

        Assert.All([other.Folder.Folders.Database, other.Folder.Folders.Settings, other.Folder.Folders.LogKey], path => Assert.Equal(DurableFile.Secret, File.GetUnixFileMode(path)));
        Assert.Equal(DurableFile.Secret | UnixFileMode.UserExecute, File.GetUnixFileMode(other.Folder.Folders.Root));
    }

    [Fact]
    public async Task Another_passphrase_opens_nothing_and_changes_nothing()
    {
        await _lab.BackupAsync();
        await File.WriteAllTextAsync(_lab.Secret, "another long passphrase\n", Ct);
        using var empty = ServerFolder.Empty();

        var (code, _, error) = await Commands.RunAsync(empty, "restore", _lab.Backup, "--passphrase-file", _lab.Secret);

        Assert.Equal((2, "The passphrase does not open this backup.\n"), (code, error));
        Assert.Empty(Directory.GetFileSystemEntries(empty.Data));
        Assert.Equal(2, await VerifyAsync("--passphrase-file", _lab.Secret));
        Assert.Equal(0, await VerifyAsync());
    }

    [Fact]
    public async Task Without_keys_it_says_so_and_the_server_waits_for_them()
    {
        var keys = Path.Combine(_lab.Elsewhere, "keys.p12");
        await Commands.DoneAsync(_lab.Folder, "keys", "backup", keys, "--passphrase-file", _lab.Secret);
        Assert.Contains("keys: none", await Commands.DoneAsync(_lab.Folder, "backup", _lab.Backup, "--without-keys"), StringComparison.Ordinal);
        using var empty = ServerFolder.Empty();

        var said = await Commands.DoneAsync(empty, "restore", _lab.Backup);

        Assert.Contains("Put the keys back before the start: sandbox-server keys restore FILE", said, StringComparison.Ordinal);
        Assert.Equal(2, (await Commands.RunAsync(empty, "run", "--web-port", "0", "--agent-port", "0")).Code);
        await Commands.DoneAsync(empty, "keys", "restore", keys, "--passphrase-file", _lab.Secret);
        await Commands.DoneAsync(empty, "log", "verify");
    }

    [Fact]
    public async Task In_place_a_backup_without_keys_keeps_those_of_the_machine_if_they_are_the_labs()
    {
        await _lab.BackupAsync("lab.backup", "--without-keys");
        using var stranger = await ServerFolder.ReadyAsync();
        await File.WriteAllTextAsync(stranger.Folders.LogKey, Convert.ToBase64String(LogKey.NewSeed()), Ct);

        await Commands.DoneAsync(_lab.Folder, "restore", _lab.Backup, "--force");
        var (code, _, error) = await Commands.RunAsync(stranger, "restore", _lab.Backup, "--force");

        Assert.Equal(0, (await Commands.RunAsync(_lab.Folder, "keys", "check")).Code);
        Assert.Equal(2, code);
        Assert.Contains("are not those of this backup", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_a_server_runs_nothing_is_put_back()
    {
        await _lab.BackupAsync();
        using var running = ServerLock.Take(_lab.Folder.Folders);

        var (code, _, error) = await Commands.RunAsync(_lab.Folder, "restore", _lab.Backup, "--force", "--passphrase-file", _lab.Secret);

        Assert.Equal(2, code);
        Assert.StartsWith("Another server already runs on", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_holds_a_server_is_put_aside_only_when_told()
    {
        await _lab.BackupAsync();
        await _lab.AddAsync(1);

        var (code, _, error) = await Commands.RunAsync(_lab.Folder, "restore", _lab.Backup, "--passphrase-file", _lab.Secret);
        var said = await Commands.DoneAsync(_lab.Folder, "restore", _lab.Backup, "--passphrase-file", _lab.Secret, "--force");

        Assert.Equal(2, code);
        Assert.Contains("holds a server already. Nothing was changed.", error, StringComparison.Ordinal);
        var aside = Assert.Single(Directory.GetDirectories(_lab.Folder.Data, "server.before-*"));
        Assert.Contains(aside, said, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(aside, "sandbox.db")));
        Assert.Contains("waiting: 0\n", await Commands.DoneAsync(_lab.Folder, "log", "status"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_place_the_machines_newer_checkpoint_stays_and_halts_the_older_log()
    {
        await _lab.BackupAsync();
        await _lab.AddAsync(2);
        var newer = await _lab.RunAsync();
        await File.WriteAllBytesAsync(_lab.Folder.Folders.ShownCheckpoint, newer, Ct);

        var said = await Commands.DoneAsync(_lab.Folder, "restore", _lab.Backup, "--passphrase-file", _lab.Secret, "--force");

        Assert.Contains("has shown a checkpoint of 5 entries, which the backup does not know of", said, StringComparison.Ordinal);
        Assert.Equal(newer, await File.ReadAllBytesAsync(_lab.Folder.Folders.ShownCheckpoint, Ct));
        Assert.StartsWith(_lab.Folder.Folders.ShownCheckpoint, await HaltedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_place_of_the_newest_state_it_simply_goes_on()
    {
        var shown = await _lab.RunAsync();
        await File.WriteAllBytesAsync(_lab.Folder.Folders.ShownCheckpoint, shown, Ct);
        await _lab.BackupAsync();

        var said = await Commands.DoneAsync(_lab.Folder, "restore", _lab.Backup, "--passphrase-file", _lab.Secret, "--force");

        Assert.DoesNotContain("halted", said, StringComparison.Ordinal);
        Assert.Null(await HaltedAsync());
    }

    [Fact]
    public async Task Another_name_for_the_machine_leaves_the_logs_name()
    {
        await _lab.BackupAsync();
        using var empty = ServerFolder.Empty();

        await Commands.DoneAsync(empty, "restore", _lab.Backup, "--passphrase-file", _lab.Secret, "--host", "New.Example");

        var settings = ServerSettings.Load(empty.Folders)!;
        Assert.Equal(("new.example", "localhost/evidence"), (settings.Host, settings.LogOrigin));
    }

    [Theory]
    [InlineData("--store", "postgresql://sandbox@localhost/sandbox", "it cannot be put into postgresql://sandbox@localhost:5432/sandbox")]
    [InlineData("--store", "oracle", "'oracle' is no store")]
    [InlineData("--host", "a b", "'a b' is no host name")]
    public async Task What_cannot_be_done_is_said_and_leaves_nothing(string option, string value, string words)
    {
        await _lab.BackupAsync();
        using var empty = ServerFolder.Empty();

        var (code, _, error) = await Commands.RunAsync(empty, "restore", _lab.Backup, "--passphrase-file", _lab.Secret, option, value);

        Assert.Equal(2, code);
        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(empty.Data));
    }

    [Fact]
    public async Task A_policy_of_ones_own_comes_along()
    {
        await File.WriteAllTextAsync(_lab.Folder.Folders.Policy, "schema: 1\n", Ct);
        (_lab.Settings with { Policy = "policy.yaml" }).Save(_lab.Folder.Folders);

        await using var other = await _lab.RestoreAsync(await _lab.BackupAsync());

        Assert.Equal("schema: 1\n", await File.ReadAllTextAsync(other.Folder.Folders.Policy, Ct));
    }

    [Fact]
    public async Task What_killed_runs_left_goes_with_the_next_one()
    {
        await File.WriteAllTextAsync(_lab.Backup + ".sandbox-new", "half", Ct);
        Directory.CreateDirectory(Path.Combine(_lab.Backup + ".sandbox-parts", "store", "more"));
        using var empty = ServerFolder.Empty();
        Directory.CreateDirectory(empty.Folders.Root + ".restoring/data/server");

        await Commands.DoneAsync(empty, "restore", await _lab.BackupAsync(), "--passphrase-file", _lab.Secret);

        Assert.Equal([_lab.Backup, _lab.Secret], Directory.GetFileSystemEntries(_lab.Elsewhere).Order());
        Assert.Equal([empty.Folders.Root], Directory.GetFileSystemEntries(empty.Data));
    }

    [Fact]
    public async Task A_file_that_is_there_is_not_written_over()
    {
        await File.WriteAllTextAsync(_lab.Backup, "something", Ct);

        var (code, _, error) = await Commands.RunAsync(_lab.Folder, "backup", _lab.Backup, "--without-keys");

        Assert.Equal((2, $"{_lab.Backup} exists already: name another file.\n"), (code, error));
        Assert.Equal("something", await File.ReadAllTextAsync(_lab.Backup, Ct));
    }

    [Fact]
    public async Task A_full_disk_makes_no_backup_and_leaves_nothing()
    {
        using var disk = SmallDisk.Mount();

        var (code, _, error) = await Commands.RunAsync(_lab.Folder, "backup", Path.Combine(disk.Path, "lab.backup"), "--without-keys");

        Assert.Equal(1, code);
        Assert.StartsWith("No backup was made: ", error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(disk.Path));
    }

    private async Task<int> VerifyAsync(params string[] more)
    {
        await using var said = new StringWriter();
        return await ServerProgram.RunAsync(["backup", "verify", _lab.Backup, .. more], said, said, Ct);
    }

    // Why the log is halted once a server has compared its own memory with the database that lies there now. Null: it is not.
    private async Task<string?> HaltedAsync()
    {
        await using var services = new ServiceCollection().AddStore(_lab.Folder.Folders, _lab.Settings).BuildServiceProvider();
        var store = services.GetRequiredService<ILogStore>();
        using var keys = _lab.Keys();
        await new OwnMemory(store, new TestimonyCourt(store, keys), _lab.Folder.Folders, TimeProvider.System, NullLogger<OwnMemory>.Instance).CompareAsync(Ct);
        return (await store.HeadAsync(keys.Origin, Ct)).HaltReason;
    }
}
