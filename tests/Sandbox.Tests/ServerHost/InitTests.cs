using System.Text.RegularExpressions;
using Sandbox.Server.Hosting;

namespace Sandbox.Tests.ServerHost;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed partial class InitTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly ServerFolder _folder = ServerFolder.Empty();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_prints_page_link_pin_and_key()
    {
        var output = await Commands.DoneAsync(_folder, "init", "--host", "lab.example");

        Assert.Matches(Printed(), output);
    }

    [Fact]
    public async Task Run_again_it_changes_nothing_that_is_there()
    {
        var first = await Commands.DoneAsync(_folder, "init", "--host", "lab.example");
        var before = Directory.GetFiles(_folder.Folders.Pki).Order().Select(File.ReadAllText).ToList();

        var second = await Commands.DoneAsync(_folder, "init");

        Assert.Equal(before, Directory.GetFiles(_folder.Folders.Pki).Order().Select(File.ReadAllText));
        Assert.Equal(Lines(first, "page", "ca", "ca-certificate", "verifier-key"), Lines(second, "page", "ca", "ca-certificate", "verifier-key"));
    }

    [Fact]
    public async Task Another_host_keeps_the_logs_name()
    {
        await Commands.DoneAsync(_folder, "init", "--host", "lab.example");

        var output = await Commands.DoneAsync(_folder, "init", "--host", "new.example");

        Assert.Contains("page: https://new.example:7443/", output, StringComparison.Ordinal);
        Assert.Contains("verifier-key: lab.example/evidence+", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_secret_is_readable_by_its_owner_alone()
    {
        await Commands.DoneAsync(_folder, "init");

        string[] secrets = ["sandbox.db", "server.json", "pki/ca.key", "pki/server.key", "pki/log.key"];
        Assert.All(secrets, x => Assert.Equal(OwnerOnly, File.GetUnixFileMode(Path.Combine(_folder.Folders.Root, x))));
        Assert.All(["", "pki"], x => Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(_folder.Folders.Root, x))));
    }

    [Fact]
    public async Task A_folder_that_was_open_to_others_is_closed()
    {
        Directory.CreateDirectory(_folder.Folders.Pki);
        File.SetUnixFileMode(_folder.Folders.Pki, OwnerOnly | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        await Commands.DoneAsync(_folder, "init");

        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.Folders.Pki));
    }

    [Fact]
    public async Task An_IPv6_host_stands_in_brackets()
    {
        var output = await Commands.DoneAsync(_folder, "init", "--host", "[2001:db8::1]");

        Assert.Contains("page: https://[2001:db8::1]:7443/", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--web-port", "70000", "--web-port 70000 is no port")]
    [InlineData("--agent-port", "7443", "cannot share port 7443")]
    [InlineData("--host", "no good", "'no good' is no host name")]
    public async Task A_value_that_cannot_be_used_says_what_to_give(string option, string value, string words)
    {
        var (code, _, error) = await Commands.RunAsync(_folder, "init", option, value);

        Assert.Equal(2, code);
        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.Folders.Settings));
    }

    [Theory]
    [InlineData("ca.crt", "ca.crt is gone")]
    [InlineData("ca.key", "ca.key is missing")]
    [InlineData("log.key", "log.key is gone")]
    public async Task A_key_that_is_gone_is_never_made_anew(string file, string words)
    {
        await Commands.DoneAsync(_folder, "init");
        File.Delete(Path.Combine(_folder.Folders.Pki, file));

        var (code, _, error) = await Commands.RunAsync(_folder, "init");

        Assert.Equal(2, code);
        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.Contains("backup", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pki/ca.key", "does not hold the key")]
    [InlineData("pki/log.key", "holds no key of an evidence log")]
    [InlineData("server.json", "cannot be understood")]
    [InlineData("sandbox.db", "is no SQLite database")]
    public async Task A_damaged_file_is_named(string file, string words)
    {
        await Commands.DoneAsync(_folder, "init");
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await File.WriteAllTextAsync(Path.Combine(_folder.Folders.Root, file), string.Concat(Enumerable.Repeat("not what it was ", 100)), TestContext.Current.CancellationToken);
        foreach (var rest in new[] { "-wal", "-shm" }) File.Delete(Path.Combine(_folder.Folders.Root, file + rest));

        var (code, _, error) = await Commands.RunAsync(_folder, "init");

        Assert.Equal(2, code);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_made_is_said_in_words()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Data, "server"), "a file is in the way", TestContext.Current.CancellationToken);

        var (code, _, error) = await Commands.RunAsync(_folder, "init");

        Assert.Equal(2, code);
        Assert.Contains("--data DIR", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_usage_ends_with_2()
    {
        var (code, _, error) = await Commands.RunAsync(_folder, "init", "--colour", "green");

        Assert.Equal(2, code);
        Assert.Contains("--colour", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Beside_a_running_server_it_prints_the_same_pin()
    {
        await Commands.DoneAsync(_folder, "init");
        using var running = ServerLock.Take(_folder.Folders);

        var output = await Commands.DoneAsync(_folder, "init");

        // The name of a machine may be two letters, which a key may hold as well: only where a host stands it is one.
        var host = Regex.Escape(Environment.MachineName.ToLowerInvariant());
        Assert.Matches(Printed(), Regex.Replace(output, $"(?<=//|verifier-key: ){host}(?=[:/])", "lab.example"));
    }

    private static string[] Lines(string output, params string[] keys) => [.. output.Split('\n').Where(line => keys.Any(key => line.StartsWith(key + ":", StringComparison.Ordinal)))];

    [GeneratedRegex(@"^page: https://lab\.example:7443/\nset-up: https://lab\.example:7443/setup#[0-9a-f]{32}\nset-up-expires: [^\n]+\nca: [0-9a-f]{64}\nca-certificate: [0-9A-F]{64}\nverifier-key: lab\.example/evidence\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}=*\n$")]
    private static partial Regex Printed();
}
