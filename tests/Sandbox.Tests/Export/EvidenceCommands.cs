using System.IO.Compression;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.Hosting;
using Sandbox.Storage.Log;
using Sandbox.Tests.Sequencing;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Export;

/// <summary><c>sandbox-server evidence list|show|export</c> on a server's folder.</summary>
public sealed class EvidenceCommands : IAsyncLifetime
{
    private LoggedFolder _log = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _log = await LoggedFolder.OfAsync(3);
        await using var db = _log.Open();
        var admin = await db.Users.SingleAsync(Ct);
        db.LogEntries.Add(LoggedEntry.New(EntryKind.Learning, TimeProvider.System.GetUtcNow(), new LogBody { LearningEntered = new() { PersonId = LogId.Of(admin.Id), EnteredBy = LogId.Of(admin.Id), Line = "7.4", Source = "Ärger im Netz" } }, person: admin.Id));
        await db.SaveChangesAsync(Ct);
        await _log.RunAsync();
    }

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public async Task Entries_are_listed_in_the_order_of_the_log_with_names()
    {
        var lines = (await Commands.DoneAsync(_log.Folder, "evidence", "list")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("INDEX\tTIME\tKIND\tLINE\tPERSON\tDEVICE\tBY", lines[0]);
        Assert.Equal(Enumerable.Range(0, lines.Length - 1).Select(i => $"{i}"), lines[1..].Select(line => line.Split('\t')[0]));
        Assert.Matches("\tlearning\t7.4\tAdmin\t\tAdmin$", lines[^1]);
    }

    [Theory]
    [InlineData("--kind", "learning"), InlineData("--line", "7.4")]
    public async Task A_list_is_narrowed(string option, string value)
    {
        var lines = (await Commands.DoneAsync(_log.Folder, "evidence", "list", option, value)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("learning", Assert.Single(lines[1..]).Split('\t')[2]);
    }

    [Fact]
    public async Task Whoever_was_cut_off_goes_on_after_the_last_index()
    {
        var all = Indices(await Commands.DoneAsync(_log.Folder, "evidence", "list", "--json"));
        var first = Indices(await Commands.DoneAsync(_log.Folder, "evidence", "list", "--json", "--limit", "2"));
        var rest = Indices(await Commands.DoneAsync(_log.Folder, "evidence", "list", "--json", "--after", $"{first[^1]}"));

        Assert.Equal(all, [.. first, .. rest]);
    }

    [Fact]
    public async Task What_an_entry_shows_is_what_its_leaf_commits_to()
    {
        var index = Indices(await Commands.DoneAsync(_log.Folder, "evidence", "list", "--json", "--kind", "learning"))[0];

        using var shown = JsonDocument.Parse(await Commands.DoneAsync(_log.Folder, "evidence", "show", $"{index}"));

        var entry = shown.RootElement;
        var leaf = LogEntry.Parse(System.Text.Encoding.UTF8.GetBytes(entry.GetProperty("leaf").GetString()!));
        Assert.Equal(leaf.Commitment, LogEntry.Commit(Convert.FromHexString(entry.GetProperty("salt").GetString()!), entry.GetProperty("body").GetBytesFromBase64()));
        Assert.Equal(Convert.ToHexStringLower(leaf.Person!), entry.GetProperty("says").GetProperty("learningEntered").GetProperty("personId").GetString());
        Assert.Equal("Ärger im Netz", entry.GetProperty("says").GetProperty("learningEntered").GetProperty("source").GetString());
    }

    [Fact]
    public async Task An_erased_entry_says_that_it_is()
    {
        await _log.ChangeAsync("update LogEntries set Salt = null, Body = null where LeafIndex = 0");

        var shown = await Commands.DoneAsync(_log.Folder, "evidence", "show", "0");

        Assert.Contains("\"erased\": true", shown, StringComparison.Ordinal);
        Assert.Contains("(erased)", await Commands.DoneAsync(_log.Folder, "evidence", "list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_that_is_none_is_told_without_the_whole_help()
    {
        var (code, output, error) = await Commands.RunAsync(_log.Folder, "evidence", "list", "--after", "ten");

        Assert.Equal((2, ""), (code, output));
        Assert.Contains("'ten'", error, StringComparison.Ordinal);
        Assert.EndsWith("How to use it: sandbox-server evidence list --help\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_names_no_command_is_shown_which_there_are()
    {
        var (code, output, _) = await Commands.RunAsync(_log.Folder, "evidence");

        Assert.Equal(2, code);
        Assert.Contains("export", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_that_is_not_there_is_told_with_what_to_type()
    {
        var (code, _, error) = await Commands.RunAsync(_log.Folder, "evidence", "show", "4711");

        Assert.Equal(2, code);
        Assert.Contains("no entry 4711", error, StringComparison.Ordinal);
        Assert.Contains("sandbox-server log status", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bundle_is_written_when_the_server_has_signed_it_and_only_its_owner_reads_it()
    {
        using var running = ServerLock.Take(_log.Folder.Folders);
        var path = Path.Combine(_log.Folder.Data, "elif.zip");
        var command = Commands.DoneAsync(_log.Folder, "evidence", "export", path);
        while (!command.IsCompleted)
        {
            await _log.RunAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Ct);
        }

        Assert.Contains("sandbox-verify elif.zip --key", await command, StringComparison.Ordinal);
        using (var zip = await ZipFile.OpenReadAsync(path, Ct)) Assert.NotNull(zip.GetEntry("checkpoint"));
        if (!System.OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal([path], Directory.GetFiles(_log.Folder.Data, "elif.zip*"));
    }

    [Fact]
    public async Task Without_a_server_that_signs_nothing_is_exported_and_nothing_says_so()
    {
        var path = Path.Combine(_log.Folder.Data, "elif.zip");
        await using var db = _log.Open();
        var before = await db.LogEntries.CountAsync(Ct);

        var (code, _, error) = await Commands.RunAsync(_log.Folder, "evidence", "export", path);

        Assert.Equal((2, false), (code, File.Exists(path)));
        Assert.Contains("No server runs on", error, StringComparison.Ordinal);
        Assert.Contains("sandbox-server run", error, StringComparison.Ordinal);
        Assert.Equal(before, await db.LogEntries.CountAsync(Ct));
    }

    [Fact]
    public async Task A_file_that_is_there_is_not_replaced()
    {
        var path = Path.Combine(_log.Folder.Data, "there.zip");
        await File.WriteAllTextAsync(path, "mine", Ct);

        var (code, _, error) = await Commands.RunAsync(_log.Folder, "evidence", "export", path);

        Assert.Equal((2, "mine"), (code, await File.ReadAllTextAsync(path, Ct)));
        Assert.Contains("is there already", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--person", "nobody", "no person 'nobody'"), InlineData("--device", "abacus", "no device 'abacus'"), InlineData("--line", "9.9", "no line 9.9"), InlineData("--from", "23.11.2026", "is no day")]
    public async Task What_is_typed_wrongly_is_said(string option, string value, string words)
    {
        var (code, _, error) = await Commands.RunAsync(_log.Folder, "evidence", "list", option, value);

        Assert.Equal(2, code);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    private static List<long> Indices(string lines) =>
        [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("index").GetInt64())];
}
