using System.Diagnostics;
using Sandbox.Server.Pki;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Pki;

/// <summary>Who may read the keys, and their backup.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class KeyFiles : IAsyncLifetime
{
    private const string Passphrase = "correct horse battery";
    private readonly TemporaryFolder _elsewhere = new();
    private ServerFolder _folder = null!;

    private string Backup => _elsewhere["keys.p12"];

    private string Secret => _elsewhere["passphrase"];

    public async ValueTask InitializeAsync()
    {
        _folder = await ServerFolder.ReadyAsync();
        await File.WriteAllTextAsync(Secret, Passphrase + "\n");
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        _elsewhere.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void A_key_that_others_can_read_is_tightened_and_named()
    {
        File.SetUnixFileMode(_folder.Folders.LogKey, DurableFile.Open);

        var tightened = KeyModes.Tighten(_folder.Folders);

        Assert.Equal([_folder.Folders.LogKey], tightened);
        Assert.Equal(DurableFile.Secret, File.GetUnixFileMode(_folder.Folders.LogKey));
    }

    [Fact]
    public async Task Check_names_a_key_that_others_can_read_and_fails()
    {
        Assert.Equal(0, (await Commands.RunAsync(_folder, "keys", "check")).Code);
        File.SetUnixFileMode(_folder.Folders.LogKey, DurableFile.Open);

        var (code, output, _) = await Commands.RunAsync(_folder, "keys", "check");

        Assert.Equal(1, code);
        Assert.Contains($"{_folder.Folders.LogKey}: others can read it", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_lost_comes_back_byte_for_byte_from_the_backup()
    {
        var keys = new LogKeyFiles(_folder.Folders);
        await File.WriteAllTextAsync(Path.Combine(_folder.Folders.Pki, "log.retired"), $"{keys.NextKey("lab.example/evidence").Verifier}\n", TestContext.Current.CancellationToken);
        keys.BeginRoll();
        var before = Contents();
        await Commands.DoneAsync(_folder, "keys", "backup", Backup, "--passphrase-file", Secret);
        foreach (var path in KeyBackup.Files(_folder.Folders)) File.Delete(path);

        await Commands.DoneAsync(_folder, "keys", "restore", Backup, "--passphrase-file", Secret);

        Assert.Equal(before, Contents());
        Assert.DoesNotContain(KeyModes.Files(_folder.Folders), KeyModes.IsWide);
    }

    [Fact]
    public async Task The_backup_is_its_owners_alone_and_holds_no_key_in_the_clear()
    {
        await Commands.DoneAsync(_folder, "keys", "backup", Backup, "--passphrase-file", Secret);

        Assert.Equal(DurableFile.Secret, File.GetUnixFileMode(Backup));
        Assert.False(Holds(File.ReadAllBytes(Backup), Convert.FromBase64String(File.ReadAllText(_folder.Folders.LogKey).Trim())));
    }

    [Fact]
    public async Task Another_program_opens_it()
    {
        await Commands.DoneAsync(_folder, "keys", "backup", Backup, "--passphrase-file", Secret);

        using var openssl = Process.Start(new ProcessStartInfo("openssl", ["pkcs12", "-in", Backup, "-nodes", "-passin", $"file:{Secret}"]) { RedirectStandardOutput = true })!;
        var output = await openssl.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, output.Split("BEGIN PRIVATE KEY").Length - 1);
        Assert.Contains("friendlyName: log.key", output, StringComparison.Ordinal);
        Assert.Contains("friendlyName: ca.crt", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_passphrase_opens_nothing()
    {
        await Commands.DoneAsync(_folder, "keys", "backup", Backup, "--passphrase-file", Secret);
        await File.WriteAllTextAsync(Secret, "something else entirely\n", TestContext.Current.CancellationToken);

        var (code, _, error) = await Commands.RunAsync(_folder, "keys", "restore", Backup, "--passphrase-file", Secret);

        Assert.Equal((2, "The passphrase does not open this backup.\n"), (code, error));
    }

    [Fact]
    public async Task Other_keys_than_the_backups_are_not_overwritten_unless_forced()
    {
        await Commands.DoneAsync(_folder, "keys", "backup", Backup, "--passphrase-file", Secret);
        await File.WriteAllTextAsync(_folder.Folders.LogKey, Convert.ToBase64String(new byte[32]) + "\n", TestContext.Current.CancellationToken);

        var (code, _, error) = await Commands.RunAsync(_folder, "keys", "restore", Backup, "--passphrase-file", Secret);

        Assert.Equal(2, code);
        Assert.Contains("holds other keys than the backup: log.key", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("short", "A passphrase has 12 characters or more")]
    public async Task A_short_passphrase_is_refused(string passphrase, string words)
    {
        await File.WriteAllTextAsync(Secret, passphrase, TestContext.Current.CancellationToken);

        var (code, _, error) = await Commands.RunAsync(_folder, "keys", "backup", Backup, "--passphrase-file", Secret);

        Assert.Equal(2, code);
        Assert.StartsWith(words, error, StringComparison.Ordinal);
        Assert.False(File.Exists(Backup));
    }

    private static bool Holds(byte[] all, byte[] part) => all.AsSpan().IndexOf(part) >= 0;

    private Dictionary<string, string> Contents() => KeyBackup.Files(_folder.Folders).ToDictionary(path => path, File.ReadAllText);
}
